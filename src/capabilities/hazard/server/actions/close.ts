import { refuse } from '#kernel/errors.ts'
import { hasGraveDoubt } from '#kernel/photo-doubts.ts'
import { addDays } from '#kernel/time.ts'
import { onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import {
  acceptHazard,
  approveClosure,
  closeGeneral,
  hazardErrors as e,
  type Hazard,
  mayRectify,
  passDeadline,
  type Review,
  recordReinspection,
  recordReview,
  rectifierNames,
  reopenHazard,
  returnForRework,
  setListing,
} from '../../model/index.ts'
import type { HazardDeps } from '../deps.ts'
import { noticeLine, tellBody, tellUnit } from '../notices.ts'
import { hazardRecord } from '../record-type.ts'
import { closedByChance, closedNow } from './closing.ts'
import { movedByListing } from './extending.ts'
import { target } from './find.ts'
import { actingBody } from './rectify.ts'

/** The form shows what is doubtful about the photos; whoever accepts the work says that it was looked into. */
async function needChecked(deps: HazardDeps, context: EffectContext, hazard: Hazard, checked: boolean): Promise<void> {
  const viewer = { accountId: context.actor.accountId, originals: false }
  const files = checked ? [] : await deps.files.list(context.tx, context.county, 'hazard', hazard.id, viewer)
  if (!hasGraveDoubt(files, hazard.foundOn)) return
  refuse(e.photosDoubtful, { fields: [{ path: 'photosChecked', message: e.photosDoubtful.message }] })
}

const accept = (deps: HazardDeps): RegisteredAction =>
  onRecord(acceptHazard, hazardRecord, async (context, hazard, input) => {
    await needChecked(deps, context, hazard, input.photosChecked)
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
    await needChecked(deps, context, hazard, input.photosChecked)
    await deps.files.bind(context.tx, target(context), input.attachments)
    const closed = closedNow(hazard, context, 'general', input.opinion, '')
    return closedByChance(context, closed, `一般隐患验收销号：${input.opinion}`)
  })

interface ReviewInput {
  readonly on: string
  readonly reviewers: string[]
  readonly findings: string
  readonly passed: boolean
  readonly position: Review['position']
  readonly attachments: readonly { readonly purpose: string }[]
}

function reviewOf(context: EffectContext, hazard: Hazard, input: ReviewInput, kind: Review['kind']): Review {
  if (input.on > context.today)
    refuse(e.foundLater, { detail: '复查日期不能晚于今天', fields: [{ path: 'on', message: '复查日期不能晚于今天' }] })
  const { on, reviewers, findings, passed, position } = input
  const known = rectifierNames(hazard.detail)
  const biased = reviewers.find((name) => known.includes(name))
  if (biased) {
    refuse(e.rectifierCannotReview, {
      fields: [
        { path: 'reviewers', message: `${biased}参与了整改，不能担任复查人员；只是同名的，请在姓名后注明单位或证号` },
      ],
    })
  }
  const { accountId, name: by } = context.actor
  return { on, reviewers, findings, passed, position, kind, round: hazard.closures, accountId, by }
}

/** The rectifier's own photos are no evidence of a review: it brings its own. */
function needReviewPaper(input: ReviewInput): void {
  if (!input.passed || input.attachments.some((file) => file.purpose === 'review')) return
  const message = '请上传现场复查的照片或记录'
  refuse(e.photosMissing, { detail: message, fields: [{ path: 'attachments', message }] })
}

const review = (deps: HazardDeps): RegisteredAction =>
  onRecord(recordReview, hazardRecord, async (context, hazard, input) => {
    if (input.passed) await needChecked(deps, context, hazard, input.photosChecked)
    const done = reviewOf(context, hazard, input, 'closure')
    await deps.files.bind(context.tx, target(context), input.attachments)
    needReviewPaper(input)
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
    detail: {
      ...hazard.detail,
      returns: [...hazard.detail.returns, back],
      // What was shown before the work was sent back is no proof that it has been done since.
      workSince: context.now.toISOString(),
    },
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
    await needChecked(deps, context, hazard, input.photosChecked)
    if ((hazard.listing === 'city' || hazard.listing === 'province') && input.document === '') {
      const { higherDocumentMissing: def } = e
      refuse(def, { fields: [{ path: 'document', message: def.message }] })
    }
    const closed = closedNow(hazard, context, 'approved', input.opinion, input.document)
    const words = { kind: 'closed', title: '重大事故隐患已销号', body: noticeLine(hazard) }
    const done = closedByChance(context, closed, `批准销号：${input.opinion}`)
    return {
      ...done,
      notices: [...(await tellUnit(deps, context, context.actionId, hazard, words)), ...done.notices],
    }
  })

const reinspect = (deps: HazardDeps): RegisteredAction =>
  onRecord(recordReinspection, hazardRecord, async (context, hazard, input) => {
    const done = reviewOf(context, hazard, input, 'reinspection')
    await deps.files.bind(context.tx, target(context), input.attachments)
    needReviewPaper(input)
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
      notices: input.passed ? [] : tellBody(context.actionId, hazard.listingBodyId ?? hazard.leadBodyId, fails),
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
      // An imported or general hazard may have been closed without 五落实: it starts where they are drawn up.
      state: mayRectify(hazard) ? 'rectifying' : 'assigned',
      closedOn: null,
      closeKind: null,
      dueOn: input.dueOn,
      overdue: false,
      issuerBodyId: actingBody(context) ?? hazard.issuerBodyId,
      assignedBodyId: hazard.assignedBodyId ?? hazard.leadBodyId,
      reopened: hazard.reopened + 1,
      reinspection: 'none',
      progressOn: context.today,
      detail: { ...hazard.detail, closures, acceptedBy: null, workSince: context.now.toISOString() },
    }
    const words = { kind: 'returned', title: '已销号的隐患被重新打开', body: `${noticeLine(record)}｜${input.reason}` }
    return {
      record,
      output: { state: record.state },
      summary: `重新打开：${input.reason}`,
      notices: [
        ...(await tellUnit(deps, context, context.actionId, record, words)),
        ...tellBody(context.actionId, record.assignedBodyId, words),
      ],
    }
  })

const listing: RegisteredAction = onRecord(setListing, hazardRecord, (context, hazard, input) => ({
  record: {
    ...hazard,
    listing: input.listing,
    listingId: input.listingId,
    listingBodyId: input.bodyId,
    ...(input.dueOn ? movedByListing(context, hazard, { ...input, dueOn: input.dueOn }) : {}),
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
    // A deadline that had passed before the ledger came in is history: nobody is told of it as news.
    const old = hazard.detail.ledger !== null && input.basis < hazard.progressOn
    // As it was: late from the day after, unless something was done here meanwhile, which would then come before it.
    const [, since = context.today] = [hazard.foundOn, addDays(input.basis, 1)].sort()
    const bodies = new Set([hazard.assignedBodyId, hazard.leadBodyId])
    return {
      record: { ...hazard, overdue: true },
      output: { state: hazard.state },
      summary: `已超过整改时限 ${input.basis}`,
      ...(old && hazard.version === 1 ? { effectiveOn: since } : {}),
      notices: old
        ? []
        : [
            ...[...bodies].flatMap((bodyId) => tellBody(context.actionId, bodyId, words)),
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
