import { refuse } from '#kernel/errors.ts'
import { onRecord } from '#platform/actions/carry-out.ts'
import type { RegisteredAction } from '#platform/actions/types.ts'
import {
  absorbReports,
  hazardErrors as e,
  firstFound,
  type Hazard,
  lapse,
  mergeHazard,
  mergeRefusal,
  releaseReports,
  seesHazard,
  unmergeHazard,
} from '../../model/index.ts'
import { hazardRecord } from '../record-type.ts'
import { loadHazard } from '../store.ts'
import { ended } from './end.ts'

/** Folds this hazard into another. Its reports move there and keep their channel, so no channel count changes. */
const merge: RegisteredAction = onRecord(mergeHazard, hazardRecord, async (context, hazard, input) => {
  if (input.into === hazard.id) refuse(e.mergeIntoSelf)
  const other = await loadHazard(context.tx, context.county, input.into, false)
  // Of a hazard out of sight no rule tells anything: the child action below does not find it.
  const refusal = other && seesHazard(context.actor, other) && mergeRefusal(hazard, other)
  if (refusal) refuse(refusal.def)
  const mergedReports = hazard.reports.map((report) => report.id)
  // The child action checks existence, scope and version of the other hazard with the same words as any action.
  await context.child(absorbReports, {
    recordId: input.into,
    version: input.intoVersion,
    input: { from: hazard.id, fromNumber: hazard.number, reports: mergedReports },
  })
  const record: Hazard = {
    ...hazard,
    state: 'merged' as const,
    mergedInto: input.into,
    reports: [],
    detail: {
      ...lapse(hazard.detail, context.today),
      mergedReports,
      ending: ended(context, hazard.state, input.reason, other?.number ?? ''),
    },
  }
  return { record, output: { state: 'merged' }, summary: `合并到隐患${other?.number ?? ''}：${input.reason}` }
})

const absorb: RegisteredAction = onRecord(absorbReports, hazardRecord, async (context, hazard, input) => {
  const from = await loadHazard(context.tx, context.county, input.from, false)
  const moved = (from?.reports ?? []).map((report) => ({ ...report, hazardId: hazard.id }))
  const reports = [...hazard.reports, ...moved]
  return {
    record: { ...hazard, reports, foundOn: firstFound(reports, hazard.foundOn) },
    output: { state: hazard.state },
    summary: `隐患${input.fromNumber}并入本条，带来${moved.length}次发现`,
  }
})

const unmerge: RegisteredAction = onRecord(unmergeHazard, hazardRecord, async (context, hazard, input) => {
  const into = hazard.mergedInto ? await loadHazard(context.tx, context.county, hazard.mergedInto, true) : undefined
  if (!into) throw new Error(`hazard ${hazard.id} is merged into nothing`)
  // Its reports went on with the other hazard: they come back the way they went.
  if (into.state === 'merged') refuse(e.mergeChain)
  const taken = hazard.detail.mergedReports ?? []
  const mine = into.reports.filter((report) => taken.includes(report.id))
  await context.child(releaseReports, {
    recordId: into.id,
    version: into.version,
    input: { to: hazard.id, toNumber: hazard.number, reports: mine.map((report) => report.id) },
  })
  const record: Hazard = {
    ...hazard,
    state: hazard.detail.ending?.from ?? 'registered',
    mergedInto: null,
    progressOn: context.today,
    reports: mine.map((report) => ({ ...report, hazardId: hazard.id })),
    detail: { ...hazard.detail, mergedReports: undefined, ending: null },
  }
  return { record, output: { state: record.state }, summary: `撤销合并：${input.reason}` }
})

const release: RegisteredAction = onRecord(releaseReports, hazardRecord, (_context, hazard, input) => {
  const reports = hazard.reports.filter((report) => !input.reports.includes(report.id))
  return {
    record: { ...hazard, reports, foundOn: firstFound(reports, hazard.foundOn) },
    output: { state: hazard.state },
    summary: `撤销与隐患${input.toNumber}的合并`,
  }
})

export const mergingActions: RegisteredAction[] = [merge, absorb, unmerge, release]
