import type { z } from 'zod'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { dayOf } from '#kernel/time.ts'
import type { BatchRun } from '#platform/actions/runner.ts'
import type { Tx } from '#platform/db/tables.ts'
import { bodiesOf, occasionsOf, openChain, raiseTask } from '../model/index.ts'
import { loadChains } from './chain/store.ts'
import type { TaskDeps } from './deps.ts'
import { raisedKey, raisedTasks } from './store.ts'

interface Raising {
  readonly run: BatchRun
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Date
}

/** What the plan asks for until now and nobody has been asked yet, one for each body and time it is due. */
async function missing({ county, plan, planIssuedOn, directory }: TaskDeps, { tx, now }: Raising) {
  const { reference } = directory.index
  const raised = await raisedTasks(tx, county)
  const today = dayOf(now)
  return plan.tasks.flatMap((task) =>
    occasionsOf(task, planIssuedOn)
      .filter(({ issued }) => issued <= today)
      .flatMap(({ period, issued, due }) =>
        bodiesOf(task.who, reference)
          .filter((body) => !raised.has(raisedKey(task.id, period, body.id)))
          .map(
            (body): z.input<typeof raiseTask.input> => ({
              kind: task.kind,
              key: task.id,
              period,
              title: period ? `${period}年${task.title}` : task.title,
              content: task.content,
              evidence: task.evidence,
              clauses: [...task.clauses],
              assigneeBodyId: body.id,
              coBodyIds: [...task.co],
              issuerBodyId: reference.officeBodyId,
              dueOn: due,
              issuedOn: issued,
              meetingId: null,
            }),
          ),
      ),
  )
}

/**
 * Makes what the plan asks of whom until now: tasks, filings and chains. Done again it finds nothing to do; two processes
 * at once collide on the unique key, and the one that lost finds all of it done.
 */
export async function raisePlan(deps: TaskDeps, raising: Raising): Promise<number> {
  const { run, tx, actor, now } = raising
  const options = { now }
  const ids = () => ({ actionId: newId(now.getTime()), recordId: newId(now.getTime()) })
  const wanted = await missing(deps, raising)
  for (const input of wanted) await run(actor, raiseTask.id, { ...ids(), input }, options)
  const open = new Set((await loadChains(tx, deps.county)).map(({ key }) => key))
  const chains = deps.plan.chains.filter(({ id }) => !open.has(id))
  for (const { id: key, ...input } of chains)
    await run(actor, openChain.id, { ...ids(), input: { key, ...input } }, options)
  return wanted.length + chains.length
}
