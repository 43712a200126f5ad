import { refuse } from '#kernel/errors.ts'
import { onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import {
  hazardErrors as e,
  type Hazard,
  type HazardState,
  hazardStates,
  lapse,
  rejectHazard,
  restoreHazard,
  transferOut,
  voidHazard,
} from '../../model/index.ts'
import type { HazardDeps } from '../deps.ts'
import { noticeLine, tellBody, tellUnit } from '../notices.ts'
import { hazardRecord } from '../record-type.ts'
import { target } from './find.ts'

/** How and whence a hazard left the database without having been put right. */
export const ended = (context: EffectContext, from: HazardState, reason: string, receiver = '') => ({
  reason,
  on: context.today,
  by: context.actor.name,
  receiver,
  from,
})

const reject = (deps: HazardDeps): RegisteredAction =>
  onRecord(rejectHazard, hazardRecord, async (context, hazard, input) => {
    await deps.files.bind(context.tx, target(context), input.attachments)
    return {
      record: {
        ...hazard,
        state: 'rejected' as const,
        detail: { ...lapse(hazard.detail, context.today), ending: ended(context, hazard.state, input.reason) },
      },
      output: { state: 'rejected' },
      summary: `核实不成立：${input.reason}`,
      notices: hazard.reports.map((report) => ({
        key: `${context.actionId}:rejected:${report.accountId}`,
        to: { kind: 'account' as const, id: report.accountId },
        kind: 'rejected',
        title: '您上报的隐患经核实不成立',
        body: `${noticeLine(hazard)}｜理由：${input.reason}`,
      })),
    }
  })

/** Who must know that a hazard has left the database another way than by being put right. */
async function tellRemoved(deps: HazardDeps, context: EffectContext, hazard: Hazard, title: string, reason: string) {
  const words = { kind: 'removed', title, body: `${noticeLine(hazard)}｜${reason}` }
  return [
    ...(await tellUnit(deps, context, context.actionId, hazard, words)),
    ...tellBody(context.actionId, hazard.leadBodyId, words),
    ...tellBody(context.actionId, hazard.townBodyId, words),
  ]
}

const transfer = (deps: HazardDeps): RegisteredAction =>
  onRecord(transferOut, hazardRecord, async (context, hazard, input) => {
    if (hazard.level === 'major' && input.attachments.length === 0) {
      refuse(e.documentNeeded, { fields: [{ path: 'attachments', message: e.documentNeeded.message }] })
    }
    await deps.files.bind(context.tx, target(context), input.attachments)
    const ending = ended(context, hazard.state, input.reason, input.receiver)
    const detail = { ...lapse(hazard.detail, context.today), ending }
    return {
      record: { ...hazard, state: 'transferred' as const, detail },
      output: { state: 'transferred' },
      summary: `移送${input.receiver}：${input.reason}`,
      notices: await tellRemoved(deps, context, hazard, `隐患已移送${input.receiver}`, input.reason),
    }
  })

const voidOut = (deps: HazardDeps): RegisteredAction =>
  onRecord(voidHazard, hazardRecord, async (context, hazard, input) => {
    const ending = ended(context, hazard.state, input.reason)
    const detail = { ...lapse(hazard.detail, context.today), ending }
    return {
      record: { ...hazard, state: 'voided' as const, detail },
      output: { state: 'voided' },
      summary: `作废：${input.reason}`,
      notices: await tellRemoved(deps, context, hazard, '隐患已作废', input.reason),
    }
  })

const restore = (deps: HazardDeps): RegisteredAction =>
  onRecord(restoreHazard, hazardRecord, async (context, hazard, input) => {
    const state = hazard.detail.ending?.from ?? 'registered'
    const detail = { ...hazard.detail, ending: null }
    const record: Hazard = { ...hazard, state, progressOn: context.today, detail }
    return {
      record,
      output: { state },
      summary: `恢复办理，回到“${hazardStates[state].label}”：${input.reason}`,
      notices: await tellRemoved(deps, context, record, '隐患恢复办理', input.reason),
    }
  })

/** The ways out of the database other than being put right, and the way back. */
export const endingActions = (deps: HazardDeps): RegisteredAction[] => [
  reject(deps),
  transfer(deps),
  voidOut(deps),
  restore(deps),
]
