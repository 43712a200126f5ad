import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { prefixRange } from '#kernel/area.ts'
import type { ScopeBox } from '#kernel/grants.ts'
import { type Day, monthOf } from '#kernel/time.ts'
import type { Reader } from '../db/tables.ts'
import { type Grain, grainFor, type TallyDimension } from './grains.ts'

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

const dims = sql.raw('metric, area, sector, level, channel, state, month')
const summed = sql.raw(`metric, area, sector, level, '' as channel, state, month`)

/** The dimensions an answer depends on; every question is limited by area. */
function askedOf({ by, where, monthFrom, monthTo, boxes }: TallyQuestion): ReadonlySet<TallyDimension> {
  const asked = new Set<TallyDimension>(['area', ...by])
  for (const [name, values] of Object.entries(where ?? {})) if (values) asked.add(name as TallyDimension)
  if (monthFrom || monthTo) asked.add('month')
  if (usable(boxes).some((box) => box.sectors)) asked.add('sector')
  return asked
}

/** The folded cells as of now: from the coarsest sums that can tell. */
function foldedNow(where: RawBuilder<unknown>, grain: Grain | undefined): RawBuilder<unknown> {
  return grain
    ? sql`select ${summed}, n from tally_sum where grain = ${grain} and period = '' and ${where}`
    : sql`select ${dims}, n from tally where ${where}`
}

/** Every folded change until a day with the calendar month it took effect in: sums of the months before, then single days. */
function foldedUntil(where: RawBuilder<unknown>, grain: Grain | undefined, until: Day | undefined) {
  const upTo = until ? sql` and day <= ${until}` : sql``
  if (!grain) return sql`select to_char(day, 'YYYY-MM') as period, ${dims}, n from tally_day where ${where}${upTo}`
  if (!until)
    return sql`select period, ${summed}, n from tally_sum where grain = ${grain} and period <> '' and ${where}`
  const month = monthOf(until)
  return sql`
    select period, ${summed}, n from tally_sum
      where grain = ${grain} and period > '' and period < ${month} and ${where}
    union all
    select ${month} as period, ${dims}, n from tally_day where day >= ${`${month}-01`}${upTo} and ${where}`
}

/** Base plus deltas, so the answer equals a recount at every commit. Zero sums are left out. */
export async function readTally(reader: Reader, county: string, question: TallyQuestion): Promise<TallyRow[]> {
  const where = conditions(county, question)
  const columns = sql.join(['metric', ...question.by].map((name) => sql.ref(name)))
  const grain = grainFor(askedOf(question))
  const { asOf } = question
  const source = asOf
    ? sql`select ${dims}, n from (${foldedUntil(where, grain, asOf)}) folded
          union all
          select ${dims}, n from tally_delta where ${where} and day <= ${asOf}`
    : sql`${foldedNow(where, grain)}
          union all
          select ${dims}, n from tally_delta where ${where}`
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
  const { asOf } = question
  const where = conditions(county, question)
  const columns = sql.join(['metric', ...question.by].map((name) => sql.ref(name)))
  const result = await sql<TallyRow & { period: string }>`
    select period, ${columns}, sum(n)::bigint as n from (
      ${foldedUntil(where, grainFor(askedOf(question)), asOf)}
      union all
      select to_char(day, 'YYYY-MM'), ${dims}, n from tally_delta where ${where}${asOf ? sql` and day <= ${asOf}` : sql``}
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

const usable = (boxes: readonly ScopeBox[]) => boxes.filter((box) => !box.unitId && !box.ownerIds && !box.bodyId)

function scope(boxes: readonly ScopeBox[]): RawBuilder<SqlBool> {
  const known = usable(boxes)
  if (known.length === 0) return sql<SqlBool>`false`
  const parts = known.map((box) => {
    const area = areaWithin(box.area)
    return box.sectors ? sql<SqlBool>`(${area} and sector = any(${[...box.sectors]}::text[]))` : area
  })
  return sql<SqlBool>`(${sql.join(parts, sql` or `)})`
}
