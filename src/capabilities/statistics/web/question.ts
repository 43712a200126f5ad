import { type Day, isDay } from '#kernel/time.ts'
import type { Search } from '#shell/table/types.ts'
import { type Dimension, dimensionsOf, type MeasureId, measureIds, measureOf } from '../model/index.ts'

/** What all numbers of the page are limited to. */
export interface Limits {
  readonly area?: string
  readonly sector?: string
  readonly level?: 'major' | 'general'
  readonly channel?: 'selfCheck' | 'inspection' | 'publicReport'
}

export interface Question {
  readonly limits: Limits
  /** Only a past day; today is the state as it is now. */
  readonly asOf: Day | undefined
  readonly measure: MeasureId
  readonly rows: Dimension
  readonly columns: Dimension
  readonly from: string | undefined
  readonly to: string | undefined
}

const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/
const levels = ['major', 'general'] as const
const channels = ['selfCheck', 'inspection', 'publicReport'] as const

/**
 * Reads the address. What somebody mistyped is left out instead of being sent to the server, whose refusal would take
 * away the whole page. Rows and columns always differ and are such as the measure knows.
 */
export function readQuestion(search: Search, today: Day): Question {
  const one = <T extends string>(known: readonly T[], value: unknown) => known.find((entry) => entry === value)
  const month = (value: unknown) => (typeof value === 'string' && monthPattern.test(value) ? value : undefined)
  const area = /^\d{6}(\d{3})?$/.test(String(search.area ?? '')) ? String(search.area) : undefined
  const sector = typeof search.sector === 'string' && search.sector !== '' ? search.sector : undefined
  const level = one(levels, search.level)
  const channel = one(channels, search.channel)
  const asOf = isDay(search.asOf) && search.asOf < today ? search.asOf : undefined
  const measure = one(measureIds, search.measure) ?? 'standing'
  const known = dimensionsOf(measureOf(measure))
  const rows = one(known, search.rows) ?? 'sector'
  const columns = one(known, search.columns) ?? 'area'
  const [from, to] = [month(search.from), month(search.to)]
  return {
    limits: {
      ...(area ? { area } : {}),
      ...(sector ? { sector } : {}),
      ...(level ? { level } : {}),
      ...(channel ? { channel } : {}),
    },
    asOf,
    measure,
    rows,
    columns: columns === rows ? (rows === 'area' ? 'sector' : 'area') : columns,
    // A period that ends before it begins has no months at all.
    from: from && to && from > to ? to : from,
    to: from && to && from > to ? from : to,
  }
}
