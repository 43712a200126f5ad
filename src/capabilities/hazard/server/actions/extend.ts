import { refuse } from '#kernel/errors.ts'
import { onRecord } from '#platform/actions/carry-out.ts'
import type { RegisteredAction } from '#platform/actions/types.ts'
import {
  decideExtension,
  type Extension,
  hazardErrors as e,
  extendDeadline,
  grantedBy,
  pendingExtension,
  requestExtension,
} from '../../model/index.ts'
import type { HazardDeps } from '../deps.ts'
import { noticeLine, tellBody, tellUnit } from '../notices.ts'
import { hazardRecord } from '../record-type.ts'
import { needLater, needRoom, paperOf } from './extending.ts'
import { target } from './find.ts'
import { withRectifier } from './rectify.ts'

const request = (deps: HazardDeps): RegisteredAction =>
  onRecord(requestExtension, hazardRecord, async (context, hazard, input) => {
    needRoom(context, hazard)
    const from = needLater(context, hazard, input.to)
    await deps.files.bind(context.tx, target(context), input.attachments)
    const asked: Extension = {
      from,
      to: input.to,
      reason: input.reason,
      requestedBy: context.actor.name,
      requestedOn: context.today,
      decision: 'pending',
      decidedBy: null,
      decidedOn: null,
      note: '',
      round: hazard.closures,
    }
    const next = withRectifier(hazard, context)
    return {
      record: { ...next, detail: { ...next.detail, extensions: [...next.detail.extensions, asked] } },
      output: { state: hazard.state },
      summary: `申请延期至 ${input.to}：${input.reason}`,
      notices: tellBody(context.actionId, hazard.listingBodyId ?? hazard.issuerBodyId, {
        kind: 'extension',
        title: '有隐患申请延期',
        body: `${noticeLine(hazard)}｜${from} → ${input.to}｜${input.reason}`,
      }),
    }
  })

const decide = (deps: HazardDeps): RegisteredAction =>
  onRecord(decideExtension, hazardRecord, async (context, hazard, input) => {
    const asked = pendingExtension(hazard.detail)
    if (!asked) return refuse(e.noPendingExtension)
    if (input.grant) {
      needRoom(context, hazard)
      // The deadline may have been moved since the request was made.
      needLater(context, hazard, asked.to)
    }
    const decided: Extension = {
      ...asked,
      decision: input.grant ? 'granted' : 'refused',
      decidedBy: context.actor.name,
      decidedOn: context.today,
      note: input.note,
      ...(input.grant ? paperOf(hazard, input.document) : {}),
    }
    const extensions = hazard.detail.extensions.map((extension) => (extension === asked ? decided : extension))
    const moved = input.grant ? { dueOn: asked.to, overdue: false } : {}
    const word = input.grant ? `同意延期至 ${asked.to}` : '不同意延期'
    const words = { kind: 'extension', title: `延期申请：${word}`, body: `${noticeLine(hazard)}｜${input.note}` }
    return {
      record: { ...hazard, ...moved, detail: { ...hazard.detail, extensions } },
      output: { state: hazard.state },
      summary: `${word}：${input.note}`,
      notices: await tellUnit(deps, context, context.actionId, hazard, words),
    }
  })

const extend = (deps: HazardDeps): RegisteredAction =>
  onRecord(extendDeadline, hazardRecord, async (context, hazard, input) => {
    needRoom(context, hazard)
    const from = needLater(context, hazard, input.to)
    const granted = {
      ...grantedBy(context, hazard, input.to, '下达单位直接延长', input.reason),
      ...paperOf(hazard, input.document),
    }
    const words = { kind: 'extension', title: `整改时限延至 ${input.to}`, body: noticeLine(hazard) }
    return {
      record: {
        ...hazard,
        dueOn: input.to,
        overdue: false,
        detail: { ...hazard.detail, extensions: [...hazard.detail.extensions, granted] },
      },
      output: { state: hazard.state },
      summary: `整改时限由 ${from} 延至 ${input.to}：${input.reason}`,
      notices: await tellUnit(deps, context, context.actionId, hazard, words),
    }
  })

export const extendingActions = (deps: HazardDeps): RegisteredAction[] => [request(deps), decide(deps), extend(deps)]
