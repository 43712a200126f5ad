import { randomInt } from 'node:crypto'
import { refuse } from '#kernel/errors.ts'
import { onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import {
  acceptHazard,
  approveClosure,
  closeGeneral,
  hazardErrors as e,
  type Hazard,
  passDeadline,
  type Review,
  recordReinspection,
  recordReview,
  reopenHazard,
  returnForRework,
  setListing,
} from '../model/index.ts'
import { target } from './actions-find.ts'
import { actingBody } from './actions-rectify.ts'
import { closedNow } from './closing.ts'
import type { HazardDeps } from './deps.ts'
import { noticeLine, tellBody, tellUnit } from './notices.ts'
import { hazardRecord } from './record-type.ts'

const accept = (deps: HazardDeps): RegisteredAction =>
  onRecord(acceptHazard, hazardRecord, async (context, hazard, input) => {
    await deps.files.bind(context.tx, target(context), input.attachments)
    return {
      record: {
        ...hazard,
        state: 'awaitingReview' as const,
        progressOn: context.today,
        detail: { ...hazard.detail, acceptedBy: context.actor.accountId },
      },
      output: { state: 'awaitingReview' },
      summary: `验收通过，待现场复查：${input.opinion}`,
    }
  })

const closeOrdinary = (deps: HazardDeps): RegisteredAction =>
  onRecord(closeGeneral, hazardRecord, async (context, hazard, input) => {
    await deps.files.bind(context.tx, target(context), input.attachments)
    return {
      record: closedNow(hazard, context, 'general', input.opinion, ''),
      output: { state: 'closed' },
      summary: `一般隐患验收销号：${input.opinion}`,
    }
  })

function reviewOf(
  context: EffectContext,
  input: { on: string; reviewers: string[]; findings: string; passed: boolean; position: Review['position'] },
  kind: Review['kind'],
  round: number,
): Review {
  if (input.on > context.today)
    refuse(e.foundLater, { detail: '复查日期不能晚于今天', fields: [{ path: 'on', message: '复查日期不能晚于今天' }] })
  const { on, reviewers, findings, passed, position } = input
  return {
    on,
    reviewers,
    findings,
    passed,
    position,
    kind,
    round,
    accountId: context.actor.accountId,
    by: context.actor.name,
  }
}

const review = (deps: HazardDeps): RegisteredAction =>
  onRecord(recordReview, hazardRecord, async (context, hazard, input) => {
    const done = reviewOf(context, input, 'closure', hazard.closures)
    await deps.files.bind(context.tx, target(context), input.attachments)
    // The rectifier's own photos are no evidence of a review: it brings its own.
    if (input.passed && !input.attachments.some((file) => file.purpose === 'review')) {
      refuse(e.photosMissing, {
        detail: '请上传现场复查的照片或记录',
        fields: [{ path: 'attachments', message: '请上传现场复查的照片或记录' }],
      })
    }
    const reviews = [...hazard.detail.reviews, done]
    if (input.passed) {
      return {
        record: {
          ...hazard,
          state: 'awaitingClosure' as const,
          progressOn: context.today,
          detail: { ...hazard.detail, reviews },
        },
        output: { state: 'awaitingClosure' },
        summary: `现场复查合格（${input.reviewers.join('、')}）：${input.findings}`,
        notices: tellBody(context.actionId, hazard.listingBodyId ?? hazard.leadBodyId, {
          kind: 'approval',
          title: '有隐患待销号审批',
          body: noticeLine(hazard),
        }),
      }
    }
    const words = {
      kind: 'returned',
      title: '复查不合格，请继续整改',
      body: `${noticeLine(hazard)}｜${input.findings}`,
    }
    return {
      record: backToWork(
        { ...hazard, detail: { ...hazard.detail, reviews } },
        context,
        `复查不合格：${input.findings}`,
      ),
      output: { state: 'rectifying' },
      summary: `现场复查不合格（${input.reviewers.join('、')}）：${input.findings}`,
      notices: await tellUnit(deps, context, context.actionId, hazard, words),
    }
  })

function backToWork(hazard: Hazard, context: EffectContext, reason: string): Hazard {
  const back = { on: context.today, by: context.actor.name, reason, from: hazard.state }
  return {
    ...hazard,
    state: 'rectifying',
    progressOn: context.today,
    detail: { ...hazard.detail, returns: [...hazard.detail.returns, back] },
  }
}

const rework = (deps: HazardDeps): RegisteredAction =>
  onRecord(returnForRework, hazardRecord, async (context, hazard, input) => {
    const words = { kind: 'returned', title: '隐患整改被退回', body: `${noticeLine(hazard)}｜${input.reason}` }
    return {
      record: backToWork(hazard, context, input.reason),
      output: { state: 'rectifying' },
      summary: `退回整改：${input.reason}`,
      notices: await tellUnit(deps, context, context.actionId, hazard, words),
    }
  })

const approve = (deps: HazardDeps): RegisteredAction =>
  onRecord(approveClosure, hazardRecord, async (context, hazard, input) => {
    if ((hazard.listing === 'city' || hazard.listing === 'province') && input.document === '') {
      const { higherDocumentMissing: def } = e
      refuse(def, { fields: [{ path: 'document', message: def.message }] })
    }
    // Drawn by the server's own chance: whoever closes a hazard cannot know whether it will be looked at again.
    const share = context.parameters.number('hazard.closure.reinspectionShare', context.today)
    const drawn = randomInt(1_000_000) < share * 1_000_000
    const closed = closedNow(hazard, context, 'approved', input.opinion, input.document)
    const words = { kind: 'closed', title: '重大事故隐患已销号', body: noticeLine(hazard) }
    const draw = { kind: 'drawn', title: '已销号隐患被抽中复核', body: noticeLine(hazard) }
    return {
      record: { ...closed, overdue: false, reinspection: drawn ? ('drawn' as const) : ('none' as const) },
      output: { state: 'closed', drawn },
      summary: `批准销号：${input.opinion}${drawn ? '（抽中复核）' : ''}`,
      notices: [
        ...(await tellUnit(deps, context, context.actionId, hazard, words)),
        ...(drawn ? tellBody(context.actionId, hazard.assignedBodyId, draw) : []),
      ],
    }
  })

const reinspect = (deps: HazardDeps): RegisteredAction =>
  onRecord(recordReinspection, hazardRecord, async (context, hazard, input) => {
    const done = reviewOf(context, input, 'reinspection', hazard.closures)
    await deps.files.bind(context.tx, target(context), input.attachments)
    const record: Hazard = {
      ...hazard,
      reinspection: input.passed ? 'passed' : 'failed',
      detail: { ...hazard.detail, reviews: [...hazard.detail.reviews, done] },
    }
    const fails = { kind: 'reinspection', title: '抽查复核不合格，建议重新打开', body: noticeLine(hazard) }
    return {
      record,
      output: { state: hazard.state },
      summary: `抽查复核${input.passed ? '合格' : '不合格'}：${input.findings}`,
      notices: input.passed ? [] : tellBody(context.actionId, hazard.leadBodyId, fails),
    }
  })

const reopen = (deps: HazardDeps): RegisteredAction =>
  onRecord(reopenHazard, hazardRecord, async (context, hazard, input) => {
    if (input.dueOn < context.today)
      refuse(e.dueTooEarly, { fields: [{ path: 'dueOn', message: e.dueTooEarly.message }] })
    await deps.files.bind(context.tx, target(context), input.attachments)
    const closures = hazard.detail.closures.map((closure, index, all) =>
      index === all.length - 1 ? { ...closure, reopenedOn: context.today, reopenReason: input.reason } : closure,
    )
    const record: Hazard = {
      ...hazard,
      state: 'rectifying',
      closedOn: null,
      closeKind: null,
      dueOn: input.dueOn,
      overdue: false,
      issuerBodyId: actingBody(context) ?? hazard.issuerBodyId,
      assignedBodyId: hazard.assignedBodyId ?? hazard.leadBodyId,
      reopened: hazard.reopened + 1,
      reinspection: 'none',
      progressOn: context.today,
      detail: { ...hazard.detail, closures, acceptedBy: null },
    }
    const words = { kind: 'returned', title: '已销号的隐患被重新打开', body: `${noticeLine(record)}｜${input.reason}` }
    return {
      record,
      output: { state: record.state },
      summary: `重新打开：${input.reason}`,
      notices: await tellUnit(deps, context, context.actionId, record, words),
    }
  })

const listing: RegisteredAction = onRecord(setListing, hazardRecord, (_context, hazard, input) => ({
  record: {
    ...hazard,
    listing: input.listing,
    listingId: input.listingId,
    listingBodyId: input.bodyId,
    ...(input.dueOn ? { dueOn: input.dueOn, overdue: false } : {}),
  },
  output: { state: hazard.state },
  summary: input.words,
}))

const passed = (deps: HazardDeps): RegisteredAction =>
  onRecord(passDeadline, hazardRecord, async (context, hazard, input) => {
    const words = {
      kind: 'overdue',
      title: '隐患整改已超过时限',
      body: `${noticeLine(hazard)}｜时限 ${input.basis}`,
    }
    return {
      record: { ...hazard, overdue: true },
      output: { state: hazard.state },
      summary: `已超过整改时限 ${input.basis}`,
      notices: [
        ...tellBody(context.actionId, hazard.assignedBodyId, words),
        ...(await tellUnit(deps, context, context.actionId, hazard, words)),
      ],
    }
  })

export const closingActions = (deps: HazardDeps): RegisteredAction[] => [
  accept(deps),
  closeOrdinary(deps),
  review(deps),
  rework(deps),
  approve(deps),
  reinspect(deps),
  reopen(deps),
  listing,
  passed(deps),
]
