import { type SqlBool, sql } from 'kysely'
import { count, emptyTally, settled } from '#capabilities/task/model/index.ts'
import { prefixRange } from '#kernel/area.ts'
import { answer, type MechanismSource, type QueryContext, type RegisteredQuery } from '#platform/module/module.ts'
import { corrected, latenessOf, listPeriods, type ProgressPeriod, type ProgressReturn } from '../model/index.ts'
import type { ProgressDeps } from './deps.ts'
import { returnsInScope } from './queries.ts'
import { periodFacets } from './record-types.ts'
import { loadPeriods, returnsWhere } from './store.ts'

/** Numbers summed over the bodies; towns and departments count the same hazards, so each kind is summed by itself. */
function sumsOf(returns: readonly ProgressReturn[], towns: boolean, county: string) {
  const sums = new Map<string, { id: string; title: string; value: number }>()
  for (const one of returns.filter(({ area }) => (area !== county) === towns)) {
    for (const number of one.detail.numbers) {
      const sum = sums.get(number.id) ?? { id: number.id, title: number.title, value: 0 }
      sum.value += corrected(one, number)
      sums.set(number.id, sum)
    }
  }
  return [...sums.values()]
}

function view(deps: ProgressDeps, context: QueryContext, period: ProgressPeriod, returns: readonly ProgressReturn[]) {
  const { county, today } = context
  const lateness = returns.map((one) => latenessOf(one, today))
  const overdue = returns.filter((one) => ['overdue', 'missing'].includes(latenessOf(one, today) ?? ''))
  const handedIn = returns.filter(({ submittedOn }) => submittedOn !== null)
  return {
    id: period.id,
    version: period.version,
    name: period.name,
    fromOn: period.fromOn,
    toOn: period.toOn,
    opensOn: period.opensOn,
    dueOn: period.dueOn,
    state: period.state,
    lockedOn: period.lockedOn,
    mayLock: period.state === 'open' && period.dueOn < today && context.can('progress.accept', periodFacets(period)),
    bodies: returns.length,
    submitted: handedIn.length,
    accepted: returns.filter(({ state }) => state === 'accepted').length,
    late: lateness.filter((one) => one === 'late').length,
    overdue: overdue.map(({ id, bodyId }) => ({ id, name: deps.directory.bodyName(county, bodyId) })),
    sums: sumsOf(
      handedIn,
      handedIn.some(({ area }) => area !== county),
      county,
    ),
  }
}

const periods = (deps: ProgressDeps): RegisteredQuery =>
  answer(listPeriods, async (context) => {
    const all = await loadPeriods(context.db, context.county)
    const returns = await returnsWhere(context.db, returnsInScope(context), sql`order by r.area collate "C", r.body_id`)
    return {
      periods: all.flatMap((period) => {
        const own = returns.filter(({ periodId }) => periodId === period.id)
        return own.length === 0 ? [] : [view(deps, context, period, own)]
      }),
    }
  })

export const periodQueries = (deps: ProgressDeps): RegisteredQuery[] => [periods(deps)]

/** The returns of all periods, for the clause wall. */
export function progressMechanisms(deps: ProgressDeps): MechanismSource {
  const { returns } = deps
  const id = `progress:${returns?.id}`
  return {
    kind: 'progress',
    mechanisms: () => (returns ? [{ id, title: returns.title, path: '/progress' }] : []),
    async standings(context, { ids, asOf, area, body }) {
      if (!returns || !ids.includes(id)) return []
      const parts = [returnsInScope(context)]
      if (body) parts.push(sql<SqlBool>`r.body_id = ${body}`)
      if (area) {
        const { from, to } = prefixRange(area)
        parts.push(sql<SqlBool>`(r.area >= ${from} and r.area < ${to})`)
      }
      const tally = emptyTally()
      for (const one of await returnsWhere(context.db, sql<SqlBool>`(${sql.join(parts, sql` and `)})`)) {
        const { submittedOn } = one
        count(
          tally,
          { since: one.fromOn, dueOn: one.dueOn, fulfilledOn: submittedOn, acceptedOn: submittedOn, withdrawnOn: null },
          asOf,
        )
      }
      return [{ id, ...settled(tally), zeroConfirmed: false, list: '/progress' }]
    },
  }
}
