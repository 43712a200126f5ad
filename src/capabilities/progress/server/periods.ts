import { bodiesOf } from '#capabilities/task/model/index.ts'
import { coreErrors, refuse } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { compareDays, dayOf } from '#kernel/time.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { BatchRun } from '#platform/actions/runner.ts'
import type { RegisteredAction } from '#platform/actions/types.ts'
import type { Tx } from '#platform/db/tables.ts'
import {
  progressErrors as e,
  lockPeriod,
  lockReturn,
  openPeriod,
  openReturn,
  type ProgressReturn,
  periodsBetween,
  returnStates,
} from '../model/index.ts'
import type { ProgressDeps } from './deps.ts'
import { periodRecord, returnRecord } from './record-types.ts'
import { loadPeriod, loadPeriods, returnsOfPeriod } from './store.ts'

const open = onCreate(openPeriod, periodRecord, (context, { name, from, to, opensOn, dueOn }) => ({
  record: {
    ...{ county: context.county, id: context.recordId, version: 0, name, fromOn: from, toOn: to, opensOn, dueOn },
    ...{ state: 'open' as const, lockedOn: null, lockedBy: null },
  },
  output: { state: 'open' },
  summary: `开始报送期${name}，${opensOn}起报送，期限${dueOn}`,
}))

const openOne = (deps: ProgressDeps): RegisteredAction =>
  onCreate(openReturn, returnRecord, async (context, { periodId, bodyId }) => {
    const period = (await loadPeriod(context.tx, context.county, periodId, false)) ?? refuse(coreErrors.referenceGone)
    const [body] = bodiesOf({ bodies: [bodyId], except: [] }, deps.directory.index.reference)
    const record: ProgressReturn = {
      ...{ county: context.county, id: context.recordId, version: 0, periodId, period: period.name, bodyId },
      ...{ fromOn: period.fromOn, toOn: period.toOn, opensOn: period.opensOn, dueOn: period.dueOn },
      area: body?.area ?? context.county,
      ...{ state: 'due', submittedOn: null, endorsedOn: null, acceptedOn: null, lockedOn: null },
      detail: {
        ...{ raisedOn: context.today, progress: '', problems: '', next: '', numbers: [], returns: [], corrections: [] },
        ...{ submission: null, endorsement: null, acceptance: null },
      },
    }
    return { record, output: { state: record.state }, summary: `${period.name}待填报，期限${period.dueOn}` }
  })

const lock = onRecord(lockPeriod, periodRecord, async (context, period) => {
  if (context.today <= period.dueOn) refuse(e.notDue, { detail: `本期报送期限为${period.dueOn}，期限过后才能锁定` })
  const returns = await returnsOfPeriod(context.tx, context.county, period.id)
  for (const { id: recordId, version } of returns) await context.child(lockReturn, { recordId, version, input: {} })
  const missing = returns.filter(({ submittedOn }) => submittedOn === null).length
  return {
    record: { ...period, state: 'locked' as const, lockedOn: context.today, lockedBy: context.actor.name },
    output: { state: 'locked' },
    summary: `锁定${period.name}，共${returns.length}个单位${missing > 0 ? `，缺报${missing}个` : ''}`,
  }
})

const lockOne = onRecord(lockReturn, returnRecord, (context, one) => ({
  record: { ...one, lockedOn: context.today },
  output: { state: one.state },
  summary: one.submittedOn === null ? `锁定，缺报（${returnStates[one.state].label}）` : '锁定',
}))

export const periodActions = (deps: ProgressDeps): RegisteredAction[] => [open, openOne(deps), lock, lockOne]

interface Raising {
  readonly run: BatchRun
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Date
}

/** Begins every period that has come and has not been begun, with a return for each body of the plan. */
export async function raisePeriods(deps: ProgressDeps, { run, tx, actor, now }: Raising): Promise<number> {
  const { returns, directory, environment, county } = deps
  const today = dayOf(now)
  if (!returns || today < returns.from) return 0
  const known = await loadPeriods(tx, county)
  const until = compareDays(today, returns.to) < 0 ? today : returns.to
  const covered = (from: string, to: string) => known.some(({ fromOn, toOn }) => fromOn <= to && from <= toOn)
  const wanted = periodsBetween(returns.from, until, environment).filter(({ from, to }) => !covered(from, to))
  for (const period of wanted) {
    const periodId = newId(now.getTime())
    await run(actor, openPeriod.id, { actionId: newId(now.getTime()), recordId: periodId, input: period }, { now })
    for (const { id: bodyId } of bodiesOf(returns.who, directory.index.reference)) {
      const ids = { actionId: newId(now.getTime()), recordId: newId(now.getTime()) }
      await run(actor, openReturn.id, { ...ids, input: { periodId, bodyId } }, { now })
    }
  }
  return wanted.length
}
