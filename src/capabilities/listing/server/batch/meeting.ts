import { refuse } from '#kernel/errors.ts'
import { onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import {
  approveBatch,
  approveInBatch,
  type BatchItem,
  bodyFor,
  listingErrors as e,
  type Listing,
  type ListingBatch,
  orderBatch,
  orderListing,
  publiciseListing,
  publishBatch,
  rejectInBatch,
  returnBatch,
  withdrawInBatch,
} from '../../model/index.ts'
import { isListable } from '../actions/deciding.ts'
import type { ListingDeps } from '../deps.ts'
import { tellAccount, tellBody } from '../notices.ts'
import { loadListing } from '../store.ts'
import { backToDraft } from './drafting.ts'
import { batchRecord } from './record-type.ts'

const field = (path: string, message: string) => ({ detail: message, fields: [{ path, message }] })

/** The listings of a batch, each locked, in the order of its items. */
async function listingsOf(context: EffectContext, batch: ListingBatch): Promise<Map<BatchItem, Listing>> {
  const found = new Map<BatchItem, Listing>()
  for (const item of batch.items) {
    const listing = item.listingId ? await loadListing(context.tx, context.county, item.listingId, true) : undefined
    if (listing) found.set(item, listing)
  }
  return found
}

/** Whoever put it before the meeting hears what became of it. */
const answered = (context: EffectContext, batch: ListingBatch, title: string, words: string) => {
  const { submission } = batch.detail
  const body = `${batch.title}｜${words}`
  return submission ? [tellAccount(context.actionId, submission.accountId, { kind: 'listingBatch', title, body })] : []
}

const approve = (deps: ListingDeps): RegisteredAction =>
  onRecord(approveBatch, batchRecord, async (context, batch, input) => {
    const { meeting, meetingOn, document, opinion } = input
    const submittedOn = batch.detail.submission?.on ?? meetingOn
    if (meetingOn < submittedOn || meetingOn > context.today) {
      refuse(e.meetingOutside, field('meetingOn', `会议日期应在 ${submittedOn} 与今天之间`))
    }
    const reasons = new Map(input.leftOut.map(({ hazardId, reason }) => [hazardId, reason]))
    const stray = input.leftOut.find(({ hazardId }) => !batch.items.some((item) => item.hazardId === hazardId))
    if (stray) refuse(e.notChosen)
    if (batch.items.every((item) => reasons.has(item.hazardId))) refuse(e.allLeftOut)
    const target = { county: context.county, recordType: batchRecord.type, recordId: batch.id }
    const { actionId, actor, now } = context
    await deps.files.bind(context.tx, { ...target, actionId, actor, now }, input.attachments)
    for (const [item, { id: recordId, version }] of await listingsOf(context, batch)) {
      const reason = reasons.get(item.hazardId)
      if (reason) await context.child(rejectInBatch, { recordId, version, input: { reason } })
      else await context.child(approveInBatch, { recordId, version, input: { opinion, document } })
    }
    const items = batch.items.map((item) => ({ ...item, leftOut: reasons.get(item.hazardId) ?? null }))
    const approved = items.length - reasons.size
    const listingBodyId = bodyFor(actor, 'listing.approve')
    const approval = { meeting, meetingOn, by: actor.name, on: context.today, opinion }
    const words = `列入${approved}条${reasons.size > 0 ? `，未列入${reasons.size}条` : ''}，${document}`
    const order = { kind: 'order', title: '年度挂牌批次已审定，请下达督办令', body: `${batch.title}｜${words}` }
    return {
      record: {
        ...batch,
        state: 'approved' as const,
        listingBodyId,
        document,
        items,
        detail: { ...batch.detail, approval },
      },
      output: { state: 'approved', approved },
      summary: `${meetingOn} ${meeting}审定，${words}：${opinion}`,
      notices: [
        ...answered(context, batch, '年度挂牌批次已审定', words),
        ...(listingBodyId ? [tellBody(context.actionId, listingBodyId, order)] : []),
      ],
    }
  })

const giveBack = onRecord(returnBatch, batchRecord, async (context, batch, input) => {
  for (const { id: recordId, version } of (await listingsOf(context, batch)).values()) {
    await context.child(rejectInBatch, { recordId, version, input: { reason: `批次退回重拟：${input.reason}` } })
  }
  const back = { on: context.today, by: context.actor.name, reason: input.reason }
  const detail = { ...batch.detail, submission: null, returns: [...batch.detail.returns, back] }
  return {
    record: { ...batch, ...backToDraft(batch), detail },
    output: { state: 'drafting' },
    summary: `退回重拟：${input.reason}`,
    notices: answered(context, batch, '年度挂牌批次退回重拟', input.reason),
  }
})

const order = (deps: ListingDeps): RegisteredAction =>
  onRecord(orderBatch, batchRecord, async (context, batch, input) => {
    if (input.dueOn < context.today) refuse(e.dueTooEarly, field('dueOn', e.dueTooEarly.message))
    const waiting = [...(await listingsOf(context, batch)).values()].filter(({ state }) => state === 'approved')
    if (waiting.length === 0) refuse(e.nothingToOrder)
    let ordered = 0
    for (const { id: recordId, version, hazardId } of waiting) {
      const hazard = await deps.hazards.find(context.tx, context.county, hazardId, true)
      if (!hazard || !isListable(hazard)) {
        // Closed or judged anew since the meeting: an order would have nothing to order.
        const reason = '下达督办令前隐患已销号或改判，不再挂牌'
        await context.child(withdrawInBatch, { recordId, version, input: { reason } })
        continue
      }
      const { document, requirements, dueOn, release } = input
      const name = `${hazard.unitName}${deps.yearly?.hazards ?? '重大事故隐患'}挂牌督办`
      await context.child(orderListing, {
        recordId,
        version,
        input: {
          document,
          name: name.slice(0, 100),
          matters: `隐患${hazard.number}：${hazard.description}`.slice(0, 1000),
          requirements,
          dueOn,
          release,
          supervisingBodyId: hazard.leadBodyId,
        },
      })
      ordered += 1
    }
    const passedOver = waiting.length - ordered
    return {
      record: batch,
      output: { state: batch.state, ordered, passedOver },
      summary: `下达督办令${input.document}，共${ordered}条，办理期限${input.dueOn}${passedOver > 0 ? `；${passedOver}条已销号或改判，不再挂牌` : ''}`,
    }
  })

const publish = onRecord(publishBatch, batchRecord, async (context, batch, input) => {
  const listings = [...(await listingsOf(context, batch)).values()]
  const open = listings.filter(({ state }) => state === 'approved')
  if (open.length > 0) {
    const numbers = open.map(({ hazardNumber }) => hazardNumber).slice(0, 5)
    refuse(e.notAllOrdered, {
      detail: `还有${open.length}条没有下达督办令：${numbers.join('、')}。请先下达，再公布名单`,
    })
  }
  const listed = listings.filter(({ state }) => state === 'ordered' || state === 'delisted')
  if (listed.length === 0) refuse(e.nothingToPublish)
  const first = listed.map(({ orderedOn }) => orderedOn ?? '').sort()[listed.length - 1] ?? ''
  if (input.on < first || input.on > context.today) {
    refuse(e.publicisedOutside, field('on', `公布日期应在最后一次下达督办令的 ${first} 与今天之间`))
  }
  const quiet = listed.filter(({ state, publicisedOn }) => state === 'ordered' && publicisedOn === null)
  for (const { id: recordId, version } of quiet) {
    await context.child(publiciseListing, { recordId, version, input: { on: input.on, where: input.where } })
  }
  return {
    record: {
      ...batch,
      state: 'published' as const,
      publishedOn: input.on,
      detail: { ...batch.detail, publication: { where: input.where, by: context.actor.name } },
    },
    output: { state: 'published', publicised: quiet.length },
    summary: `${input.on} 公布名单，共${listed.length}条：${input.where}`,
    notices: answered(context, batch, '年度挂牌名单已公布', `${listed.length}条｜${input.where}`),
  }
})

/** A batch from the meeting on: decided together, ordered by one paper, published as one list. */
export const meetingActions = (deps: ListingDeps): RegisteredAction[] => [approve(deps), giveBack, order(deps), publish]
