import { describe, expect, it } from 'vitest'
import { coreErrors, defineErrors } from './errors.ts'
import type { Actor } from './grants.ts'
import { allowedActions, assertMove, defineLifecycle, refusalFor } from './lifecycle.ts'

const errors = defineErrors('loan', {
  unpaid: [409, '请先缴清逾期费用'],
  noteMissing: [422, '请填写说明'],
})

interface Loan {
  readonly state: 'lent' | 'returned' | 'lost'
  readonly fee: number
}

const life = defineLifecycle<Loan['state'], Loan>({
  record: 'loan',
  states: {
    lent: { label: '借出', type: 'open' },
    returned: { label: '已还', type: 'closed' },
    lost: { label: '遗失', type: 'void' },
  },
  stateOf: (loan) => loan.state,
  transitions: [
    { action: 'loan.renew', from: ['lent'], to: 'same' },
    {
      action: 'loan.giveBack',
      from: ['lent', 'lost'],
      to: 'returned',
      guards: [
        ({ record }) => (record.fee > 0 ? { def: errors.unpaid, detail: `还欠${record.fee}元` } : undefined),
        ({ input }) => (input === '' ? { def: errors.noteMissing } : undefined),
      ],
    },
    { action: 'loan.settle', from: ['lent'], to: ['returned', 'lost'] },
  ],
})

const actor: Actor = { county: '341723', accountId: 'a', personId: null, name: '甲', grants: [] }
const loan = (more: Partial<Loan> = {}): Loan => ({ state: 'lent', fee: 0, ...more })
const refusal = (action: string, record: Loan, input?: unknown) => refusalFor(life, action, { record, actor, input })

describe('a lifecycle', () => {
  it('lets pass what its table names, and what it does not know at all', () => {
    expect(refusal('loan.renew', loan())).toBeUndefined()
    expect(refusal('loan.annotate', loan({ state: 'lost' }))).toBeUndefined()
  })

  it('tells the wrong state before any guard, with the label a person knows', () => {
    const found = refusal('loan.giveBack', loan({ state: 'returned', fee: 3 }))
    expect(found?.def).toBe(coreErrors.wrongState)
    expect(found?.detail).toContain('已还')
  })

  it('asks the guards in their order and stops at the first that refuses', () => {
    expect(refusal('loan.giveBack', loan({ fee: 3 }), '')).toEqual({ def: errors.unpaid, detail: '还欠3元' })
    expect(refusal('loan.giveBack', loan(), '')).toEqual({ def: errors.noteMissing })
    expect(refusal('loan.giveBack', loan(), 'ok')).toBeUndefined()
  })

  it('offers the actions of the state to those permitted, with what still blocks them', () => {
    const offered = allowedActions(life, { record: loan({ fee: 3 }), actor }, (action) => action !== 'loan.settle')
    expect(offered).toEqual([{ action: 'loan.renew' }, { action: 'loan.giveBack', blocked: '还欠3元' }])
    expect(allowedActions(life, { record: loan({ state: 'returned' }), actor }, () => true)).toEqual([])
  })

  it('stops an effect that moves a record where the table does not lead', () => {
    const moved = (action: string, state: Loan['state']) => () => assertMove(life, action, loan(), loan({ state }))
    expect(moved('loan.renew', 'lent')).not.toThrow()
    expect(moved('loan.renew', 'returned')).toThrow('does not allow')
    expect(moved('loan.giveBack', 'lost')).toThrow('does not allow')
    expect(moved('loan.settle', 'lost')).not.toThrow()
    expect(moved('loan.settle', 'lent')).toThrow('does not allow')
    expect(moved('loan.annotate', 'lost')).toThrow('outside the table')
    expect(moved('loan.annotate', 'lent')).not.toThrow()
  })

  it('is refused at start-up when it names an unknown state or an action twice', () => {
    const transition = { action: 'loan.renew', from: ['lent' as const], to: 'same' as const }
    expect(() => defineLifecycle({ ...life, transitions: [transition, transition] })).toThrow('stands twice')
    const stray = { ...transition, to: 'burnt' as 'lost' }
    expect(() => defineLifecycle({ ...life, transitions: [stray] })).toThrow('unknown state burnt')
  })
})
