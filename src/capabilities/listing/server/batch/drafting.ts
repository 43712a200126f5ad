import { refuse } from '#kernel/errors.ts'
import { newId } from '#kernel/ids.ts'
import { yearOf } from '#kernel/time.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import {
  type BatchItem,
  bodyFor,
  chooseForBatch,
  confirmNone,
  draftBatch,
  dropFromBatch,
  listingErrors as e,
  type ListingBatch,
  largestBatch,
  proposeInBatch,
  revokeNone,
  submitBatch,
  takeBackBatch,
  voidBatch,
  withdrawInBatch,
} from '../../model/index.ts'
import { needListable, sees } from '../actions/deciding.ts'
import type { ListingDeps, YearlyTask } from '../deps.ts'
import { tellActing } from '../notices.ts'
import { loadListing, standingListing } from '../store.ts'
import { batchFacets, batchRecord } from './record-type.ts'
import { chosenElsewhere, nextSequence, statesInYear } from './store.ts'

const field = (path: string, message: string) => ({ detail: message, fields: [{ path, message }] })

/** The yearly task of the county's plan; without one there is no batch to make. */
const taskOf = ({ yearly }: ListingDeps): YearlyTask => yearly ?? refuse(e.noYearlyTask)

function fresh(
  context: EffectContext,
  deps: ListingDeps,
  year: number,
): Omit<ListingBatch, 'state' | 'sequence' | 'title'> {
  return {
    county: context.county,
    id: context.recordId,
    version: 0,
    area: context.county,
    sector: taskOf(deps).sector,
    year,
    drafterBodyId: bodyFor(context.actor, 'listing.draftBatch'),
    listingBodyId: null,
    document: '',
    publishedOn: null,
    items: [],
    detail: {
      note: '',
      draftedBy: context.actor.name,
      draftedOn: context.today,
      submission: null,
      returns: [],
      approval: null,
      publication: null,
      none: null,
      voided: null,
    },
  }
}

const draft = (deps: ListingDeps): RegisteredAction =>
  onCreate(draftBatch, batchRecord, async (context, { year, note }) => {
    if (year > yearOf(context.today) + 1) refuse(e.yearTooLate, field('year', e.yearTooLate.message))
    const made = fresh(context, deps, year)
    const sequence = await nextSequence(context.tx, context.county, year)
    const title = `${year}年度第${sequence}批典型${taskOf(deps).hazards}挂牌督办`
    return {
      record: { ...made, sequence, title, state: 'drafting' as const, detail: { ...made.detail, note } },
      output: { state: 'drafting', title },
      summary: `拟定${title}`,
    }
  })

/** A hazard to choose: seen by who chooses it, of the batch's sector, and such as may be listed. */
async function candidate(deps: ListingDeps, context: EffectContext, batch: ListingBatch, hazardId: string) {
  const hazard = await deps.hazards.find(context.tx, context.county, hazardId, true)
  if (!hazard || !sees(context.actor, hazard))
    return refuse(e.hazardUnknown, field('hazardIds', e.hazardUnknown.message))
  if (hazard.sector !== batch.sector) {
    const sectorName = deps.directory.sectorName(context.county, batch.sector)
    refuse(e.otherSector, field('hazardIds', `${hazard.number} 不是${sectorName}行业的隐患，不能选入本批次`))
  }
  needListable(hazard)
  if (await standingListing(context.tx, context.county, hazard.id)) {
    refuse(e.alreadyListed, field('hazardIds', `${hazard.number} 已有正在办理的挂牌督办`))
  }
  return hazard
}

const choose = (deps: ListingDeps): RegisteredAction =>
  onRecord(chooseForBatch, batchRecord, async (context, batch, input) => {
    const ids = [...new Set(input.hazardIds)].sort()
    if (batch.items.length + ids.length > largestBatch) refuse(e.batchFull)
    const again = batch.items.find((item) => ids.includes(item.hazardId))
    const elsewhere = again ? [] : await chosenElsewhere(context.tx, context.county, batch.id, ids)
    const taken = again?.hazardNumber ?? elsewhere[0]
    if (taken) refuse(e.alreadyChosen, field('hazardIds', `${taken} 已经选入本批次或另一个批次`))
    const items: BatchItem[] = []
    for (const hazardId of ids) {
      const hazard = await candidate(deps, context, batch, hazardId)
      items.push({
        hazardId,
        hazardNumber: hazard.number,
        unitName: hazard.unitName,
        area: hazard.area,
        why: input.why,
        chosenBy: context.actor.name,
        chosenOn: context.today,
        listingId: null,
        leftOut: null,
      })
    }
    const all = [...batch.items, ...items].sort((a, b) => (a.hazardNumber < b.hazardNumber ? -1 : 1))
    return {
      record: { ...batch, items: all },
      output: { state: batch.state, chosen: all.length },
      summary: `选入${items.map((item) => item.hazardNumber).join('、')}：${input.why}`,
    }
  })

const drop = onRecord(dropFromBatch, batchRecord, (_context, batch, input) => {
  const gone = batch.items.find((item) => item.hazardId === input.hazardId) ?? refuse(e.notChosen)
  return {
    record: { ...batch, items: batch.items.filter((item) => item !== gone) },
    output: { state: batch.state },
    summary: `移出${gone.hazardNumber}`,
  }
})

const submit = (deps: ListingDeps): RegisteredAction =>
  onRecord(submitBatch, batchRecord, async (context, batch, input) => {
    const items: BatchItem[] = []
    for (const item of batch.items) {
      const listingId = newId(context.now.getTime())
      const asked = { hazardId: item.hazardId, reason: item.why, batchId: batch.id }
      await context.child(proposeInBatch, { recordId: listingId, input: asked })
      items.push({ ...item, listingId, leftOut: null })
    }
    const { accountId, name: by } = context.actor
    const bodyId = bodyFor(context.actor, 'listing.draftBatch')
    const submission = { on: context.today, by, accountId, bodyId, statement: input.statement }
    const record: ListingBatch = { ...batch, state: 'submitted', items, detail: { ...batch.detail, submission } }
    const holders = await deps.holders(context.tx, 'listing.approve', batchFacets(record), context.today)
    const able = holders.filter((actor) => actor.accountId !== accountId && bodyFor(actor, 'listing.approve') !== null)
    return {
      record,
      output: { state: 'submitted' },
      summary: `提请审定，共${items.length}条：${input.statement}`,
      notices: tellActing(able, 'listing.approve', context.actionId, {
        kind: 'listingBatch',
        title: '年度挂牌批次待会议审定',
        body: `${batch.title}｜${items.length}条｜${input.statement}`,
      }),
    }
  })

/** Goes back to being drafted; what was proposed for it is taken back with it. */
export const backToDraft = (batch: ListingBatch): Pick<ListingBatch, 'state' | 'items'> => ({
  state: 'drafting',
  items: batch.items.map((item) => ({ ...item, listingId: null, leftOut: null })),
})

const takeBack = onRecord(takeBackBatch, batchRecord, async (context, batch, input) => {
  for (const { listingId } of batch.items) {
    const listing = listingId ? await loadListing(context.tx, context.county, listingId, true) : undefined
    if (!listing) continue
    const { id: recordId, version } = listing
    await context.child(withdrawInBatch, { recordId, version, input: { reason: `批次撤回：${input.reason}` } })
  }
  return {
    record: { ...batch, ...backToDraft(batch), detail: { ...batch.detail, submission: null } },
    output: { state: 'drafting' },
    summary: `撤回批次：${input.reason}`,
  }
})

const voidOut = onRecord(voidBatch, batchRecord, (context, batch, input) => ({
  record: {
    ...batch,
    state: 'voided' as const,
    detail: { ...batch.detail, voided: { by: context.actor.name, on: context.today, reason: input.reason } },
  },
  output: { state: 'voided' },
  summary: `作废：${input.reason}`,
}))

const none = (deps: ListingDeps): RegisteredAction =>
  onCreate(confirmNone, batchRecord, async (context, { year, reason }) => {
    if (year > yearOf(context.today)) refuse(e.yearTooLate, field('year', '只能确认今年和以前的年度'))
    const states = await statesInYear(context.tx, context.county, year)
    if (states.includes('none')) refuse(e.noneConfirmed, field('year', e.noneConfirmed.message))
    if (states.length > 0) refuse(e.yearHasBatch, field('year', e.yearHasBatch.message))
    const made = fresh(context, deps, year)
    const word = { by: context.actor.name, on: context.today, reason }
    const title = `${year}年度无典型${taskOf(deps).hazards}需挂牌督办`
    return {
      record: { ...made, sequence: 0, title, state: 'none' as const, detail: { ...made.detail, none: word } },
      output: { state: 'none' },
      summary: `确认${title}：${reason}`,
    }
  })

const takeBackNone = onRecord(revokeNone, batchRecord, (context, batch, input) => ({
  record: {
    ...batch,
    state: 'voided' as const,
    detail: { ...batch.detail, voided: { by: context.actor.name, on: context.today, reason: input.reason } },
  },
  output: { state: 'voided' },
  summary: `撤销确认：${input.reason}`,
}))

/** A batch until it comes before the meeting, and the word that the year has none. */
export const draftingActions = (deps: ListingDeps): RegisteredAction[] => [
  draft(deps),
  choose(deps),
  drop,
  submit(deps),
  takeBack,
  voidOut,
  none(deps),
  takeBackNone,
]
