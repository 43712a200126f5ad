import { countingPermission, type Move, moves } from '#capabilities/hazard/model/index.ts'
import { addDays, type Day, monthOf } from '#kernel/time.ts'
import { answer, type QueryContext } from '#platform/module/module.ts'
import { readTallyChanges } from '#platform/tally/read.ts'
import { type Count, flow, measures } from '../model/index.ts'
import {
  type Asked,
  countOne,
  filterOf,
  lastDay,
  pastDay,
  questionOf,
  type StatisticsDeps,
  stockUntil,
} from './counting.ts'

function monthsBetween(from: string, to: string): string[] {
  const out: string[] = []
  for (let [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5))]; out.length < 240; ) {
    const name = `${year}-${String(month).padStart(2, '0')}`
    if (name > to) break
    out.push(name)
    if (month === 12) [year, month] = [year + 1, 1]
    else month += 1
  }
  return out
}

/** What stands at the end of each month, and how much of it is stock: the sum of all changes up to then. */
async function standings(context: QueryContext, asked: Asked, end: Day, months: readonly string[]) {
  const question = questionOf(context, measures.standing, { ...asked, asOf: end })
  const changes = await readTallyChanges(context.db, context.county, { ...question, by: ['month'] })
  const stockMonth = monthOf(stockUntil(context))
  return new Map(
    months.map((month) => {
      const until = changes.filter((row) => row.period <= month)
      const sum = (rows: typeof until) => rows.reduce((total, row) => total + row.n, 0)
      return [month, { standing: sum(until), stock: sum(until.filter((row) => (row.month ?? '') <= stockMonth)) }]
    }),
  )
}

export const flowAnswer = (deps: StatisticsDeps) =>
  answer(flow, async (context, input) => {
    const { from, to, asOf, ...limits } = input
    const end = pastDay(context, asOf) ?? context.today
    // Months are text, so the earlier one is found by comparing, not with Math.min.
    const names = monthsBetween(from, [to, monthOf(end)].sort()[0] ?? to)
    const periods = names.map((name) => {
      const last = lastDay(name)
      return { name, since: addDays(`${name}-01`, -1), until: [last, end].sort()[0] ?? end }
    })
    const asked = { limits, asOf: undefined }
    const moved = await deps.flows(context, context.boxes(countingPermission), limits, periods)
    const left = await standings(context, asked, end, names)
    const first = periods[0]
    const before = first ? await countOne(context, measures.standing, { limits, asOf: first.since }) : { n: 0 }
    let opening = before.n
    const months = periods.map(({ name, since, until }) => {
      const base = filterOf({ limits, asOf: until < context.today ? until : undefined })
      const standing = { ...base, stateType: 'standing' as const }
      const events = moved.get(name)
      const counts = Object.fromEntries(
        moves.map((move) => [move, { n: events?.[move] ?? 0, filter: { ...base, moved: move, since } }]),
      ) as Record<Move, Count>
      const closing = left.get(name)
      const month = {
        month: name,
        until,
        opening: { n: opening, filter: { ...filterOf({ limits, asOf: since }), stateType: 'standing' as const } },
        ...counts,
        standing: { n: closing?.standing ?? 0, filter: standing },
        stock: { n: closing?.stock ?? 0, filter: { ...standing, stock: true } },
      }
      opening = month.standing.n
      return month
    })
    return { stockUntil: stockUntil(context), months }
  })
