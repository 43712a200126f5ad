import { describe, expect, it } from 'vitest'
import { progressOf, targetOf, yearStatus } from './rules.ts'

const published = (publishedOn: string) => ({ state: 'published' as const, publishedOn })
const drafting = { state: 'drafting' as const, publishedOn: null }
const none = { state: 'none' as const, publishedOn: null }

describe('a year of yearly batches', () => {
  const target = targetOf(2025, '06-30')

  it('is met by a list published in time, and late by one published after it, whichever year that was', () => {
    expect(yearStatus(target, [drafting, published('2025-06-30')], '2026-01-01')).toEqual({
      status: 'met',
      on: '2025-06-30',
      days: 0,
    })
    expect(yearStatus(target, [published('2026-01-10')], '2026-02-01')).toEqual({
      status: 'late',
      on: '2026-01-10',
      days: 194,
    })
  })

  it('goes by the first of several lists', () => {
    const both = [published('2025-09-01'), published('2025-06-01')]
    expect(yearStatus(target, both, '2025-12-31')).toMatchObject({ status: 'met', on: '2025-06-01' })
  })

  it('is unmet the day after the target, whatever is being drafted, and pending until then', () => {
    expect(yearStatus(target, [drafting], '2025-06-30')).toEqual({ status: 'pending', on: null, days: 0 })
    expect(yearStatus(target, [drafting], '2025-07-01')).toEqual({ status: 'unmet', on: null, days: 1 })
    expect(yearStatus(target, [], '2024-01-01')).toMatchObject({ status: 'pending' })
  })

  it('is answered by the word that there is none, until a list is published after all', () => {
    expect(yearStatus(target, [none], '2026-01-01')).toMatchObject({ status: 'none' })
    expect(yearStatus(target, [none, published('2025-12-01')], '2026-01-01')).toMatchObject({ status: 'late' })
  })
})

describe('the progress of a batch', () => {
  const listing = { state: 'ordered' as const, publicisedOn: null, hazardClosedOn: null, overdue: false }

  it('counts what the meeting kept, and a step once whatever came after it', () => {
    const items = [
      { leftOut: '材料不齐', listing: { ...listing, state: 'rejected' as const } },
      { leftOut: null, listing: null },
      { leftOut: null, listing: { ...listing, overdue: true } },
      { leftOut: null, listing: { ...listing, publicisedOn: '2025-06-01' } },
      {
        leftOut: null,
        listing: { ...listing, state: 'delisted' as const, publicisedOn: '2025-06-01', hazardClosedOn: '2025-07-01' },
      },
      { leftOut: null, listing: { ...listing, state: 'withdrawn' as const } },
      { leftOut: null, listing: { ...listing, state: 'revoked' as const, publicisedOn: '2025-06-01' } },
    ]
    expect(progressOf(items)).toEqual({
      chosen: 6,
      leftOut: 1,
      ordered: 3,
      publicised: 2,
      closed: 1,
      delisted: 1,
      overdue: 1,
      dropped: 2,
    })
  })
})
