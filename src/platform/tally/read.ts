import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { prefixRange } from '#kernel/area.ts'
import type { ScopeBox } from '#kernel/grants.ts'
import type { Day } from '#kernel/time.ts'
import type { Reader } from '../db/tables.ts'

export const tallyDimensions = ['area', 'sector', 'level', 'channel', 'state', 'month'] as const
export type TallyDimension = (typeof tallyDimensions)[number]

export interface TallyQuestion {
  readonly metrics: readonly string[]
  /** Dimensions to keep apart; all others are summed. */
  readonly by: readonly TallyDimension[]
  readonly where?: Partial<Record<TallyDimension, readonly string[]>>
  readonly areaPrefix?: string
  /** Sums as they stood at the end of this legal day; without it as of now. */
  readonly asOf?: Day
  /** Inclusive bounds on the month dimension, 'YYYY-MM'. */
  readonly monthFrom?: string
  readonly monthTo?: string
  /** The caller's scope. Cells know area and sector only, so a box that limits more (a unit, an owner) reads nothing. */
  readonly boxes: readonly ScopeBox[]
}

export type TallyRow = { readonly metric: string; readonly n: number } & Partial<Record<TallyDimension, string>>

/** Base plus deltas, so the answer equals a recount at every commit. Zero sums are left out. */
export async function readTally(reader: Reader, county: string, question: TallyQuestion): Promise<TallyRow[]> {
  const where = conditions(county, question)
  const columns = sql.join(['metric', ...question.by].map((name) => sql.ref(name)))
  const source = question.asOf
    ? sql`select metric, area, sector, level, channel, state, month, n from tally_day
            where ${where} and day <= ${question.asOf}
          union all
          select metric, area, sector, level, channel, state, month, n from tally_delta
            where ${where} and day <= ${question.asOf}`
    : sql`select metric, area, sector, level, channel, state, month, n from tally where ${where}
          union all
          select metric, area, sector, level, channel, state, month, n from tally_delta where ${where}`
  const result = await sql<TallyRow>`
    select ${columns}, sum(n)::bigint as n from (${source}) cells group by ${columns} having sum(n) <> 0
    order by ${columns}`.execute(reader)
  return result.rows
}

/** What changed in each calendar month in which the changes took effect: summed up in order, the state at its end (or at `asOf`). */
export async function readTallyChanges(
  reader: Reader,
  county: string,
  question: TallyQuestion,
): Promise<(TallyRow & { readonly period: string })[]> {
  const until = question.asOf ? sql` and day <= ${question.asOf}` : sql``
  const where = sql`${conditions(county, question)}${until}`
  const columns = sql.join(['metric', ...question.by].map((name) => sql.ref(name)))
  const result = await sql<TallyRow & { period: string }>`
    select to_char(day, 'YYYY-MM') as period, ${columns}, sum(n)::bigint as n from (
      select day, metric, area, sector, level, channel, state, month, n from tally_day where ${where}
      union all
      select day, metric, area, sector, level, channel, state, month, n from tally_delta where ${where}
    ) cells group by period, ${columns} having sum(n) <> 0 order by period`.execute(reader)
  return result.rows
}

function conditions(county: string, question: TallyQuestion): RawBuilder<unknown> {
  const parts: RawBuilder<SqlBool>[] = [
    sql<SqlBool>`county = ${county}`,
    sql<SqlBool>`metric = any(${[...question.metrics]}::text[])`,
    scope(question.boxes),
  ]
  for (const [name, values] of Object.entries(question.where ?? {})) {
    if (values) parts.push(sql<SqlBool>`${sql.ref(name)} = any(${[...values]}::text[])`)
  }
  if (question.areaPrefix) parts.push(areaWithin(question.areaPrefix))
  if (question.monthFrom) parts.push(sql<SqlBool>`month >= ${question.monthFrom}`)
  if (question.monthTo) parts.push(sql<SqlBool>`month <= ${question.monthTo}`)
  return sql.join(parts, sql` and `)
}

function areaWithin(prefix: string): RawBuilder<SqlBool> {
  const { from, to } = prefixRange(prefix)
  return sql<SqlBool>`(area collate "C" >= ${from} and area collate "C" < ${to})`
}

function scope(boxes: readonly ScopeBox[]): RawBuilder<SqlBool> {
  const usable = boxes.filter((box) => !box.unitId && !box.ownerIds && !box.bodyId)
  if (usable.length === 0) return sql<SqlBool>`false`
  const parts = usable.map((box) => {
    const area = areaWithin(box.area)
    return box.sectors ? sql<SqlBool>`(${area} and sector = any(${[...box.sectors]}::text[]))` : area
  })
  return sql<SqlBool>`(${sql.join(parts, sql` or `)})`
}
