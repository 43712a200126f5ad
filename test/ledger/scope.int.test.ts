import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addItem,
  exportItems,
  getItem,
  getLedger,
  ledgerOverview,
  ledgerStatistics,
  listItems,
  moveItem,
  voidItem,
} from '#capabilities/ledger/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'
import { takeOut } from '#test/kit/upload/files.ts'

/** What everybody is shown, beside what the words of their grants say they may be shown, worked out here once more. */
let test: TestProduct
interface Known {
  readonly id: string
  readonly ledger: string
  readonly area: string
  readonly sector: string | null
  readonly body: string
  readonly unitId: string | null
}
const known: Known[] = []
const [muzhen, miaoqian] = ['341723101', '341723102']
let unitId: string
let otherUnit: string

interface Case {
  readonly who: string
  readonly actor: Actor
  sees(item: Known): boolean
}
let cases: Case[]

beforeAll(async () => {
  test = await openTestProduct('2026-06-01T09:00:00')
  const office = await test.as('anwei')
  unitId = await test.unit('木镇加油站', muzhen, 'hazchem')
  otherUnit = await test.unit('庙前化工厂', miaoqian, 'hazchem')
  const put = async (item: Omit<Known, 'id'>, title: string, fields: object) => {
    const input = { ledger: item.ledger, title, area: item.area, unitId: item.unitId, fields: { ...fields } }
    const { recordId } = await test.run(office, addItem, { input })
    known.push({ ...item, id: recordId })
  }
  const farm = { ledger: 'variant-tractors', sector: 'farmMachinery', body: 'agriculture-rural-water', unitId: null }
  await put({ ...farm, area: muzhen }, '皖R10001', { owner: { name: '甲' } })
  await put({ ...farm, area: miaoqian }, '皖R10002', { owner: { name: '乙' } })
  const closing = { ledger: 'scattered-closure', sector: null, unitId: null }
  await put({ ...closing, area: muzhen, body: 'town-muzhen' }, '某作坊', { why: '无证照' })
  const users = { ledger: 'hazchem-users', sector: 'hazchem', body: 'emergency-management' }
  await put({ ...users, area: muzhen, unitId }, '', { kind: 'factory' })
  await put({ ...users, area: miaoqian, unitId: otherUnit }, '', { kind: 'factory' })
  const people: [string, Parameters<TestProduct['account']>[1], (item: Known) => boolean][] = [
    ['office', [{ role: 'committeeOffice', area: '341723', bodyId: 'committee-office' }], () => true],
    ['auditor', [{ role: 'auditor', area: '341723' }], () => true],
    ['town', [{ role: 'town', area: muzhen, bodyId: 'town-muzhen' }], ({ area }) => area === muzhen],
    [
      'farm',
      [{ role: 'department', area: '341723', sectors: ['farmMachinery'], bodyId: 'agriculture-rural-water' }],
      ({ sector, body }) => sector === 'farmMachinery' || body === 'agriculture-rural-water',
    ],
    ['closed out', [{ role: 'department', area: '341723', sectors: ['postal'], bodyId: 'postal' }], () => false],
    [
      'inspector',
      [{ role: 'inspector', area: miaoqian, sectors: ['hazchem'] }],
      ({ area, sector }) => area === miaoqian && sector === 'hazchem',
    ],
    ['principal', [{ role: 'unitPrincipal', area: muzhen, unitId }], (item) => item.unitId === unitId],
    ['worker', [{ role: 'unitWorker', area: miaoqian, unitId: otherUnit }], (item) => item.unitId === otherUnit],
    ['nobody', [], () => false],
  ]
  cases = []
  for (const [at, [who, grants, sees]] of people.entries()) {
    cases.push({ who, actor: await test.account(`scope-${at}`, grants), sees })
  }
})
afterAll(() => test?.close())

const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id).sort()

describe('everybody is shown what their grants reach, and nothing else', () => {
  it('in the list, in a file, in every number and by the id', async () => {
    for (const { who, actor, sees } of cases) {
      const own = known.filter(sees)
      const { rows, total } = await test.ask(actor, listItems, { size: 200 })
      expect(ids(rows), who).toEqual(ids(own))
      expect(total, who).toBe(own.length)
      if (actor.grants.length > 0)
        expect((await takeOut(test, actor, exportItems)).sheets[0]?.rows.length, who).toBe(own.length)
      const { ledgers } = await test.ask(actor, ledgerOverview, {})
      for (const ledger of new Set(known.map((item) => item.ledger))) {
        const due = own.filter((item) => item.ledger === ledger).length
        expect(ledgers.find(({ id }) => id === ledger)?.due, `${who} ${ledger}`).toBe(due)
        const numbers = await test.ask(actor, ledgerStatistics, { ledger })
        const past = await test.ask(actor, ledgerStatistics, { ledger, asOf: '2026-05-31' })
        expect([numbers.total.due, past.total.due], `${who} ${ledger}`).toEqual([due, 0])
        expect(
          numbers.areas.reduce((sum, row) => sum + row.due, 0),
          `${who} ${ledger}`,
        ).toBe(due)
      }
      for (const item of known) {
        const answer = await refusalOf(test.ask(actor, getItem, { id: item.id }))
        expect(answer, `${who} ${item.ledger}`).toBe(sees(item) ? 'accepted' : 'core.notFound')
      }
    }
  })

  it('when they do something with it: what is out of sight is not found, what is in sight and not theirs is refused', async () => {
    for (const { who, actor, sees } of cases) {
      for (const item of known) {
        const input = { reason: '试一试能不能作废' }
        const answer = await refusalOf(test.run(actor, voidItem, { recordId: item.id, version: 0, input }))
        if (!sees(item)) expect(answer, `${who} ${item.ledger}`).toBe('core.notFound')
        else expect(['core.staleVersion', 'core.notAllowed'], `${who} ${item.ledger}`).toContain(answer)
      }
    }
  })

  it('by the ledger’s own word on who does a step', async () => {
    const [item] = (await test.ask(await test.as('anwei'), listItems, { ledger: 'hazchem-users', unitId })).rows
    const principal = cases.find(({ who }) => who === 'principal')?.actor as Actor
    const call = { recordId: item?.id ?? '', version: item?.version ?? 0 }
    const input = { move: 'check', fields: { checkedOn: '2026-05-30' } }
    expect(await refusalOf(test.run(principal, moveItem, { ...call, input }))).toBe('ledger.notYours')
    const view = await test.ask(principal, getItem, { id: call.recordId })
    expect([view.moves, view.allowedActions]).toEqual([[], []])
    expect(await test.ask(principal, getLedger, { ledger: 'hazchem-users' })).toMatchObject({
      mayAdd: false,
      mayImport: false,
      mayConfirm: false,
    })
    expect(await test.ask(principal, getLedger, { ledger: 'safety-expense' })).toMatchObject({
      mayAdd: true,
      mayImport: false,
    })
  })
})
