import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar } from '#kernel/calendar.ts'
import { addDays } from '#kernel/time.ts'
import { type ItemFacts, itemStateOf, progressOf } from './progress.ts'
import { itemStateIds } from './terms.ts'

/** 2024-02-04 is a Sunday that was worked, 2024-02-12 a Monday off. */
const calendar = createCalendar([{ year: 2024, complete: true, holidays: ['2024-02-12'], workdays: ['2024-02-04'] }])
const mark = (day: string, counted = true, amount = 1) => ({ day, counted, amount })

describe('progress', () => {
  it('counts distinct working days, a Sunday that was worked among them', () => {
    const marks = [mark('2024-02-04'), mark('2024-02-04'), mark('2024-02-10'), mark('2024-02-12')]
    expect(progressOf(marks, { n: 2, unit: 'days' }, calendar)).toEqual({ done: 1, pending: 0, metOn: null })
    expect(progressOf([...marks, mark('2024-02-05')], { n: 2, unit: 'days' }, calendar)).toEqual({
      done: 2,
      pending: 0,
      metOn: '2024-02-05',
    })
  })

  it('keeps apart what waits for somebody’s word', () => {
    const marks = [mark('2024-03-01'), mark('2024-03-05', false), mark('2024-03-01', false)]
    expect(progressOf(marks, { n: 2, unit: 'days' }, calendar)).toEqual({ done: 1, pending: 1, metOn: null })
    expect(progressOf(marks, { n: 2, unit: 'times' }, calendar)).toEqual({ done: 1, pending: 2, metOn: null })
  })

  it('adds up persons and hours, and takes the highest percentage', () => {
    const marks = [mark('2024-03-01', true, 40), mark('2024-03-09', true, 70), mark('2024-03-20', true, 60)]
    expect(progressOf(marks, { n: 100, unit: 'persons' }, calendar)).toMatchObject({ done: 170, metOn: '2024-03-09' })
    expect(progressOf(marks, { n: 16, unit: 'hours' }, calendar)).toMatchObject({ metOn: '2024-03-01' })
    expect(progressOf(marks, { n: 65, unit: 'percent' }, calendar)).toMatchObject({ done: 70, metOn: '2024-03-09' })
  })
})

const item = (over: Partial<ItemFacts>): ItemFacts => ({
  startOn: '2024-04-01',
  dueOn: '2024-06-30',
  quota: 2,
  exempt: false,
  done: 0,
  pending: 0,
  metOn: null,
  ...over,
})

describe('the state of an item', () => {
  it.each([
    ['notDue', {}, '2024-03-01'],
    ['notDue', {}, '2024-06-14'],
    ['dueSoon', {}, '2024-06-15'],
    ['dueSoon', {}, '2024-06-30'],
    ['missed', {}, '2024-07-01'],
    ['short', { done: 1 }, '2024-07-01'],
    ['unverified', { done: 1, pending: 1 }, '2024-07-01'],
    ['dueSoon', { pending: 1 }, '2024-06-20'],
    ['met', { done: 2, metOn: '2024-06-30' }, '2024-06-30'],
    ['metLate', { done: 2, metOn: '2024-07-01' }, '2024-07-09'],
    ['exempt', { done: 2, metOn: '2024-07-01', exempt: true }, '2024-07-09'],
  ] as const)('is %s', (state, over, today) => {
    expect(itemStateOf(item(over), today)).toBe(state)
  })

  it('is always exactly one of those there are, and never un-happens what was fulfilled', () => {
    const day = fc.integer({ min: 0, max: 400 }).map((n) => addDays('2024-01-01', n))
    fc.assert(
      fc.property(
        fc.record({ done: fc.nat(4), pending: fc.nat(4), quota: fc.integer({ min: 1, max: 4 }), exempt: fc.boolean() }),
        day,
        day,
        day,
        (counts, a, b, today) => {
          const [startOn = '', dueOn = ''] = [a, b].sort()
          const metOn = counts.done >= counts.quota ? addDays(dueOn, counts.done - 3) : null
          const state = itemStateOf({ ...counts, startOn, dueOn, metOn }, today)
          expect(itemStateIds.filter((id) => id === state)).toHaveLength(1)
          if (metOn !== null && !counts.exempt) {
            expect(itemStateOf({ ...counts, startOn, dueOn, metOn }, addDays(today, 500))).toBe(state)
          }
        },
      ),
    )
  })
})
