import { type SqlBool, sql } from 'kysely'
import { prefixRange } from '#kernel/area.ts'
import type { Day } from '#kernel/time.ts'
import { inScope } from '#platform/db/scope.ts'
import type { MechanismSource, QueryContext, Standing, StandingQuestion } from '#platform/module/module.ts'
import {
  bodiesOf,
  type Chain,
  chainGaps,
  count,
  emptyTally,
  owedOf,
  type PackMeeting,
  satisfiedOn,
  settled,
  type Tally,
  windowsOf,
} from '../../model/index.ts'
import { loadChains } from '../chain/store.ts'
import type { TaskDeps } from '../deps.ts'
import { heldMeetings } from '../meeting/store.ts'
import { tasksWhere } from '../store.ts'
import { tasksInScope } from './list.ts'

const standingOf = (id: string, tally: Tally, list: string): Standing => ({
  id,
  ...settled(tally),
  zeroConfirmed: false,
  list,
})

/** Tasks and filings of the pack by key, as they stood on the day. */
async function taskTallies(context: QueryContext, keys: readonly string[], question: StandingQuestion) {
  const { area, body, asOf } = question
  const parts = [
    sql<SqlBool>`t.county = ${context.county}`,
    sql<SqlBool>`t.key = any(${[...keys]}::text[])`,
    tasksInScope(context.boxes('task.read')),
  ]
  if (body) parts.push(sql<SqlBool>`(t.assignee_body_id = ${body} or ${body} = any(t.co_body_ids))`)
  if (area) {
    const { from, to } = prefixRange(area)
    parts.push(sql<SqlBool>`(t.area >= ${from} and t.area < ${to})`)
  }
  const tallies = new Map<string, Tally>()
  for (const task of await tasksWhere(context.db, sql<SqlBool>`(${sql.join(parts, sql` and `)})`)) {
    const tally = tallies.get(task.key ?? '') ?? emptyTally()
    count(tally, owedOf(task), asOf)
    tallies.set(task.key ?? '', tally)
  }
  return tallies
}

/** One thing to fulfil for every body of the population and every period: holding the meeting. */
function meetingTally(
  deps: TaskDeps,
  one: PackMeeting,
  held: readonly { readonly kind: string; readonly bodyId: string; readonly heldOn: Day; readonly area: string }[],
  question: StandingQuestion,
  sees: (body: { readonly id: string; readonly area: string }) => boolean,
): Tally {
  const tally = emptyTally()
  for (const body of bodiesOf(one.who, deps.directory.index.reference)) {
    if (question.body && question.body !== body.id) continue
    if ((question.area && !body.area.startsWith(question.area)) || !sees(body)) continue
    const days = held.filter(({ kind, bodyId }) => kind === one.kind && bodyId === body.id).map(({ heldOn }) => heldOn)
    for (const window of windowsOf(one)) {
      const on = satisfiedOn(days, window, one.times) ?? null
      count(
        tally,
        { since: window.from, dueOn: window.to, fulfilledOn: on, acceptedOn: on, withdrawnOn: null },
        question.asOf,
      )
    }
  }
  return tally
}

/** Nobody set a day for a link to be filled: a gap is open and never missed. A body is asked of what it leads alone. */
function chainTally({ links, amendedOn }: Chain, { area, body }: StandingQuestion, since: Day): Tally {
  const own = area ? [] : links.filter(({ lead }) => !body || lead === body)
  const gaps = chainGaps(own)
  return { ...emptyTally(), due: own.length, met: own.length - gaps, open: gaps, metOn: amendedOn ?? since }
}

const key = (id: string) => id.slice('task:'.length)

/** Tasks, filings, meetings and chains of the pack, for the clause wall and the stages. */
export function taskMechanisms(deps: TaskDeps): MechanismSource {
  const { tasks, meetings, chains } = deps.plan
  const own = [
    ...tasks.map(({ id, title, kind }) => ({
      id,
      title,
      path: kind === 'filing' ? `/filings?key=${id}` : `/tasks?key=${id}`,
    })),
    ...meetings.map(({ id, title, kind }) => ({ id, title, path: `/meetings?kind=${kind}` })),
    ...chains.map(({ id, title }) => ({ id, title, path: '/chains' })),
  ]
  const paths = new Map(own.map(({ id, path }) => [id, path]))
  return {
    kind: 'task',
    mechanisms: () => own.map(({ id, ...rest }) => ({ id: `task:${id}`, ...rest })),
    async standings(context, question) {
      const wanted = question.ids.map(key).filter((id) => paths.has(id))
      const tallies = await taskTallies(context, wanted, question)
      const asked = meetings.filter(({ id }) => wanted.includes(id))
      const boxes = context.boxes('task.readMeetings')
      const held =
        asked.length > 0
          ? await heldMeetings(
              context.db,
              context.county,
              question.asOf,
              inScope(boxes, { area: 'm.area', bodies: ['m.body_id'] }),
            )
          : []
      const sees = (body: { id: string; area: string }) =>
        context.can('task.readMeetings', { area: body.area, sectors: null, unitId: null, bodyIds: [body.id] })
      for (const one of asked) tallies.set(one.id, meetingTally(deps, one, held, question, sees))
      const asksChains = wanted.some((id) => chains.some((chain) => chain.id === id))
      for (const chain of asksChains ? await loadChains(context.db, context.county) : []) {
        tallies.set(chain.key, chainTally(chain, question, deps.planIssuedOn))
      }
      return wanted.map((id) => standingOf(`task:${id}`, tallies.get(id) ?? emptyTally(), paths.get(id) ?? '/tasks'))
    },
  }
}
