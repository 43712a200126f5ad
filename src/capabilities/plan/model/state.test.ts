import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Judged, type Numbers, shareOf, stateOf, stateOfAll, sumOf } from './state.ts'
import { clauseStateIds } from './terms.ts'

const day = fc.constantFrom('2024-01-01', '2024-06-30', '2024-12-31', '2025-12-31', '2026-11-25')
const numbers: fc.Arbitrary<Numbers> = fc
  .record({
    met: fc.nat(4),
    late: fc.nat(2),
    open: fc.nat(2),
    missed: fc.nat(2),
    nextDue: fc.option(day),
    metOn: fc.option(day),
    zeroConfirmed: fc.boolean(),
  })
  .map((one) => ({
    ...one,
    due: one.met + one.late + one.open + one.missed,
    nextDue: one.open > 0 ? one.nextDue : null,
    metOn: one.open + one.missed === 0 && one.met + one.late > 0 ? one.metOn : null,
  }))
const judged: fc.Arbitrary<Judged> = fc.record({
  standings: fc.array(numbers, { maxLength: 3 }),
  live: fc.constant(true),
  from: fc.constant(null),
  by: fc.option(day),
  asOf: day,
  soonDays: fc.constant(30),
})
const of = (one: Partial<Numbers>): Numbers => ({
  ...{ due: 0, met: 0, late: 0, open: 0, missed: 0, nextDue: null, metOn: null, zeroConfirmed: false },
  ...one,
})
const plain = { live: true, from: null, by: null, asOf: '2025-06-01', soonDays: 30 }

describe('the state of a clause', () => {
  it.each([
    ['waiting', { ...plain, live: false, standings: [] }],
    ['waiting', { ...plain, from: '2025-07-01', standings: [of({ due: 1, met: 1 })] }],
    ['noData', { ...plain, standings: [] }],
    ['noData', { ...plain, standings: [of({})] }],
    ['met', { ...plain, standings: [of({ zeroConfirmed: true })] }],
    ['met', { ...plain, by: '2025-05-31', standings: [of({ due: 2, met: 2, metOn: '2025-05-31' })] }],
    ['metLate', { ...plain, by: '2025-05-30', standings: [of({ due: 2, met: 2, metOn: '2025-05-31' })] }],
    ['metLate', { ...plain, standings: [of({ due: 2, met: 1, late: 1 })] }],
    ['underway', { ...plain, standings: [of({ due: 2, met: 1, open: 1 })] }],
    ['dueSoon', { ...plain, standings: [of({ due: 2, met: 1, open: 1, nextDue: '2025-07-01' })] }],
    ['underway', { ...plain, standings: [of({ due: 2, met: 1, open: 1, nextDue: '2025-07-02' })] }],
    ['dueSoon', { ...plain, by: '2025-06-01', standings: [of({ due: 1, open: 1 })] }],
    ['unmet', { ...plain, by: '2025-05-31', standings: [of({ due: 1, open: 1 })] }],
    ['unmet', { ...plain, standings: [of({ due: 9, met: 8, missed: 1 })] }],
    ['underway', { ...plain, standings: [of({ due: 1, met: 1 }), of({})] }],
    ['unmet', { ...plain, by: '2025-05-31', standings: [of({ due: 1, met: 1 }), of({})] }],
  ] as const)('is %s: %j', (state, facts) => expect(stateOf(facts)).toBe(state))

  it('is unmet while anything is missed, and no more once it is fulfilled late', () => {
    fc.assert(
      fc.property(judged, (facts) => {
        const missed = sumOf(facts.standings).missed
        if (missed > 0) expect(stateOf(facts)).toBe('unmet')
        const caughtUp = facts.standings.map((one) => ({ ...one, late: one.late + one.missed, missed: 0 }))
        const after = stateOf({ ...facts, by: null, standings: caughtUp })
        expect(after).not.toBe('unmet')
        if (missed > 0) expect(after).not.toBe('met')
      }),
    )
  })

  it('is fulfilled only when nothing is left, and by its own day only when it was so', () => {
    fc.assert(
      fc.property(judged, (facts) => {
        const state = stateOf(facts)
        const { open, missed, late } = sumOf(facts.standings)
        if (state === 'met' || state === 'metLate') expect([open, missed]).toEqual([0, 0])
        if (state === 'met') {
          expect(late).toBe(0)
          for (const { metOn } of facts.standings) if (metOn && facts.by) expect(metOn <= facts.by).toBe(true)
        }
      }),
    )
  })

  it('does not depend on the order of the mechanisms', () => {
    fc.assert(
      fc.property(judged, (facts) => {
        expect(stateOf({ ...facts, standings: facts.standings.toReversed() })).toBe(stateOf(facts))
      }),
    )
  })

  it('of nothing recorded is never fulfilled', () => {
    fc.assert(
      fc.property(judged, (facts) => {
        const empty = facts.standings.map(() => of({}))
        expect(stateOf({ ...facts, standings: empty })).toBe('noData')
      }),
    )
  })

  it('turns from open to missed the day after its day, and never back by waiting', () => {
    fc.assert(
      fc.property(judged, day, (facts, later) => {
        if (facts.by === null || later < facts.asOf) return
        if (stateOf(facts) === 'unmet') expect(stateOf({ ...facts, asOf: later })).toBe('unmet')
      }),
    )
  })
})

describe('the state of a tile', () => {
  const states = fc.array(fc.constantFrom(...clauseStateIds), { minLength: 1, maxLength: 8 })

  it('is one of its clauses’, or under way', () => {
    fc.assert(
      fc.property(states, (list) => {
        expect([...list, 'underway']).toContain(stateOfAll(list))
        expect(stateOfAll(list.toReversed())).toBe(stateOfAll(list))
        expect(stateOfAll([...list, ...list])).toBe(stateOfAll(list))
      }),
    )
  })

  it('is fulfilled only when every clause is, and unmet when any is', () => {
    fc.assert(
      fc.property(states, (list) => {
        const done = list.every((state) => state === 'met' || state === 'metLate')
        expect(['met', 'metLate'].includes(stateOfAll(list))).toBe(done)
        expect(stateOfAll(list) === 'unmet').toBe(list.includes('unmet'))
      }),
    )
  })
})

it('shows a hundred per cent only when nothing is left', () => {
  expect(shareOf(of({ due: 1000, met: 998, late: 1 }))).toBe(99)
  expect(shareOf(of({ due: 3, met: 2, late: 1 }))).toBe(100)
  expect(shareOf(of({}))).toBeNull()
})
