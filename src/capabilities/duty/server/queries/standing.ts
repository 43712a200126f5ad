import { type SqlBool, sql } from 'kysely'
import { prefixRange } from '#kernel/area.ts'
import type { Day } from '#kernel/time.ts'
import {
  answer,
  type MechanismSource,
  type QueryContext,
  type RegisteredQuery,
  type Standing,
  type StandingQuestion,
} from '#platform/module/module.ts'
import { listRules, quotaWords, ruleOf } from '../../model/index.ts'
import type { DutyDeps } from '../deps.ts'
import { type HeldRule, readProgress } from '../store-projection.ts'
import { seenItems } from './items.ts'

interface Counts {
  readonly rule: string
  readonly due: number
  readonly met: number
  readonly late: number
  readonly open: number
  readonly missed: number
  readonly next_due: Day | null
  readonly met_on: Day | null
}

/** How rules stood at the end of a day: of the items begun by then, what had been done by then. */
async function countRules(context: QueryContext, asOf: Day, where: ReturnType<typeof seenItems>): Promise<Counts[]> {
  const done = sql<SqlBool>`coalesce(i.met_on <= ${asOf}::date, false)`
  const result = await sql<Counts>`
    select i.rule, count(*) as due,
      count(*) filter (where ${done} and i.met_on <= i.due_on) as met,
      count(*) filter (where ${done} and i.met_on > i.due_on) as late,
      count(*) filter (where not ${done} and i.due_on >= ${asOf}::date) as open,
      count(*) filter (where not ${done} and i.due_on < ${asOf}::date) as missed,
      min(i.due_on) filter (where not ${done} and i.due_on >= ${asOf}::date) as next_due,
      case when bool_and(${done}) then max(i.met_on) end as met_on
    from duty_item i
    where ${where} and not i.exempt and i.start_on <= ${asOf}::date group by i.rule`.execute(context.db)
  return result.rows
}

const idOf = (rule: string) => `duty:${rule}`

async function standings(
  deps: DutyDeps,
  context: QueryContext,
  { ids, asOf, area, body }: StandingQuestion,
): Promise<Standing[]> {
  const rules = [...deps.book.rules.keys()].filter((rule) => ids.includes(idOf(rule)))
  if (rules.length === 0 || !context.holds('duty.read')) return []
  const parts = [seenItems(context), sql<SqlBool>`i.rule = any(${rules}::text[])`]
  if (area) {
    const { from, to } = prefixRange(area)
    parts.push(sql<SqlBool>`i.area >= ${from} and i.area < ${to}`)
  }
  if (body) {
    // What a body leads is its matter too, though others have to do it.
    const sectors = await deps.directory.sectorsOf(context.db, context.county, body)
    parts.push(sql<SqlBool>`(i.body_id = ${body} or i.sectors && ${[...sectors]}::text[])`)
  }
  const counts = await countRules(context, asOf, sql<SqlBool>`${sql.join(parts, sql` and `)}`)
  return rules.map((rule) => {
    const found = counts.find((row) => row.rule === rule)
    const search = new URLSearchParams({ rule, begunBy: asOf })
    if (area) search.set('area', JSON.stringify(area))
    return {
      id: idOf(rule),
      due: found?.due ?? 0,
      met: found?.met ?? 0,
      late: found?.late ?? 0,
      open: found?.open ?? 0,
      missed: found?.missed ?? 0,
      nextDue: found?.next_due ?? null,
      metOn: found?.met_on ?? null,
      zeroConfirmed: false,
      list: `/duties/items?${search.toString()}`,
    }
  })
}

/** Every rule of the pack as something clauses may be bound to. */
export const dutyMechanisms = (deps: DutyDeps): MechanismSource => ({
  kind: 'duty',
  mechanisms: () =>
    [...deps.book.rules.values()].map(({ id, title }) => ({
      id: idOf(id),
      title,
      path: `/duties/items?rule=${id}`,
    })),
  standings: (context, question) => standings(deps, context, question),
})

export const rulesQuery = (deps: DutyDeps): RegisteredQuery =>
  answer(listRules, async (context) => {
    const { db, county, today, environment } = context
    const counts = new Map((await countRules(context, today, seenItems(context))).map((row) => [row.rule, row]))
    const held = await sql<HeldRule & { version: number }>`
      select id, version, rule, from_day, until_day, adjusted, projected_on, reproject_from, active
      from duty_rule where county = ${county} and active order by ord`.execute(db)
    return {
      rules: held.rows.flatMap((row) => {
        const pack = deps.book.rules.get(row.rule)
        if (!pack) return []
        const rule = ruleOf(pack, environment.parameters, today)
        const n = counts.get(row.rule)
        return [
          {
            id: row.id,
            version: row.version,
            rule: row.rule,
            title: rule.title,
            clauses: [...rule.clauses],
            subjectKind: rule.selector.kind,
            words: quotaWords(rule),
            from: row.from_day,
            until: row.until_day,
            adjusted: row.adjusted,
            confidence: rule.confidence,
            note: rule.note,
            due: n?.due ?? 0,
            met: n?.met ?? 0,
            late: n?.late ?? 0,
            open: n?.open ?? 0,
            missed: n?.missed ?? 0,
            waiting: row.projected_on === null || row.reproject_from !== null,
          },
        ]
      }),
      progress: await readProgress(db, county),
      mayAdminister: context.holds('duty.administer'),
    }
  })
