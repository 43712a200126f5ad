import { sql } from 'kysely'
import { countingPermission, hazardStateIds, hazardStates, isStanding } from '#capabilities/hazard/model/index.ts'
import { inScope } from '#platform/db/scope.ts'
import type { QueryContext } from '#platform/module/module.ts'
import { readTally } from '#platform/tally/read.ts'
import { type Narrowed, narrowedBoxes } from './store-hazards.ts'

export interface RecurringCounts {
  readonly key: string
  readonly found: number
  readonly standing: number
  readonly overdue: number
  readonly everClosed: number
  readonly reopened: number
}

const mostCriteria = 20
const voided = hazardStateIds.filter((id) => hazardStates[id].type === 'void')

/** How often major hazards came up in each sector or area, the most frequent first. */
async function recurring(context: QueryContext, narrowed: Narrowed, by: 'sector' | 'area'): Promise<RecurringCounts[]> {
  const rows = await readTally(context.db, context.county, {
    boxes: narrowedBoxes(context.boxes(countingPermission), narrowed),
    metrics: ['hazard', 'overdue', 'everClosed', 'reopened'],
    by: [by, 'state'],
    where: { level: ['major'] },
    ...(narrowed.asOf < context.today ? { asOf: narrowed.asOf } : {}),
  })
  const sums = new Map<string, { -readonly [name in keyof RecurringCounts]: RecurringCounts[name] }>()
  for (const { metric, n, state = '', ...row } of rows) {
    const key = row[by] ?? ''
    const sum = sums.get(key) ?? { key, found: 0, standing: 0, overdue: 0, everClosed: 0, reopened: 0 }
    sums.set(key, sum)
    if (metric === 'hazard') {
      if (voided.some((id) => id === state)) continue
      sum.found += n
      if (isStanding(state as 'assigned')) sum.standing += n
    } else sum[metric as 'overdue' | 'everClosed' | 'reopened'] += n
  }
  return [...sums.values()]
    .filter(({ found }) => found > 0)
    .sort((a, b) => b.found - a.found || (a.key < b.key ? -1 : 1))
}

/** Which criteria major hazards were judged by, and the units whose own checks found nothing where inspections did. */
async function fromRecords(context: QueryContext, narrowed: Narrowed) {
  const { db, county } = context
  const boxes = narrowedBoxes(context.boxes(countingPermission), narrowed)
  const mine = sql`s.county = ${county} and s.level = 'major' and s.from_day <= ${narrowed.asOf}
    and s.to_day > ${narrowed.asOf} and s.state <> all(${voided}::text[])
    and ${inScope(boxes, { area: 's.area', sector: 's.sector' })}`
  const joined = sql`hazard_span s join hazard h on h.county = s.county and h.id = s.hazard_id`
  const criteria = await sql<{ key: string; title: string; found: number }>`
    select h.detail->'judgement'->>'criterionId' as key, min(h.detail->'judgement'->>'text') as title, count(*) as found
    from ${joined} where ${mine} and h.detail->'judgement'->>'criterionId' is not null
    group by 1 order by 3 desc, 1 limit ${mostCriteria}`.execute(db)
  const units = await sql<{ inspected: number; silent: number }>`
    select count(*) as inspected, count(*) filter (where own = 0) as silent from (
      select count(*) filter (where s.channel = 'selfCheck') as own, count(*) filter (where s.channel = 'inspection') as others
      from ${joined} where ${mine} and h.unit_id is not null group by h.unit_id
    ) u where others > 0`.execute(db)
  return { criteria: criteria.rows, zeroFinding: units.rows[0] ?? { inspected: 0, silent: 0 } }
}

/** 共性问题 of the major hazards as of a day. Reads the records themselves, so it is for reports and not for every page. */
export async function commonProblems(context: QueryContext, narrowed: Narrowed) {
  const [sectors, areas, records] = await Promise.all([
    recurring(context, narrowed, 'sector'),
    recurring(context, narrowed, 'area'),
    fromRecords(context, narrowed),
  ])
  return { sectors, areas, ...records }
}
export type CommonProblems = Awaited<ReturnType<typeof commonProblems>>
