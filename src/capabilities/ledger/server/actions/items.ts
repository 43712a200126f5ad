import { refuse } from '#kernel/errors.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { RegisteredAction } from '#platform/actions/types.ts'
import {
  addEvidence,
  addItem,
  ledgerErrors as e,
  editItem,
  type LedgerItem,
  milestonesOf,
  moveBlocked,
  moveItem,
  movesOf,
  reachMilestone,
  stateOf,
  voidItem,
  voidState,
} from '../../model/index.ts'
import { getLedgerOf, type LedgerDeps } from '../deps.ts'
import { placeOf } from '../placing.ts'
import { itemFacets, itemRecord } from '../record-types.ts'
import { dayWithin, hang, inState, ledgerOf, needKeeper, needUnique, onField, settled, withFiles } from './changing.ts'

const add = (deps: LedgerDeps): RegisteredAction =>
  onCreate(addItem, itemRecord, async (context, input) => {
    const { county, today, recordId } = context
    const ledger = getLedgerOf(deps, input.ledger)
    const listedOn = input.listedOn ?? today
    if (listedOn > today) refuse(e.listedLater, onField('listedOn', e.listedLater.message))
    const place = await placeOf(deps, context.tx, county, ledger, input)
    needKeeper(context, ledger, undefined, itemFacets(place))
    const fields = await withFiles(deps, context, ledger, input.fields, {})
    await hang(deps, context, input.attachments)
    const identity = { county, id: recordId, version: 0, ledger: ledger.id, key: '' }
    const state = { state: ledger.start, stateType: stateOf(ledger, ledger.start).type, changedOn: listedOn }
    const start: LedgerItem = {
      ...{ ...identity, ...place, ...state },
      ...{ listedOn, dueOn: null, doneOn: null, fields, milestones: {} },
    }
    const item = inState(ledger, settled(ledger, start, today), ledger.start, listedOn)
    await needUnique(context, item)
    return { record: item, output: { state: item.state }, summary: `登记“${item.title}”`, effectiveOn: listedOn }
  })

const edit = (deps: LedgerDeps): RegisteredAction =>
  onRecord(editItem, itemRecord, async (context, item, input) => {
    const ledger = ledgerOf(deps, item)
    needKeeper(context, ledger, undefined, itemFacets(item))
    const given = {
      title: input.title || item.title,
      area: input.area ?? item.area,
      unitId: input.unitId ?? item.unitId,
      sector: input.sector ?? item.sector,
      bodyId: input.bodyId ?? item.bodyId,
    }
    const place = await placeOf(deps, context.tx, context.county, ledger, given)
    const fields = await withFiles(deps, context, ledger, input.fields, item.fields)
    const next = settled(ledger, { ...item, ...place, fields }, context.today)
    await needUnique(context, next)
    return { record: next, output: { state: next.state }, summary: `修改内容：${input.reason}` }
  })

const move = (deps: LedgerDeps): RegisteredAction =>
  onRecord(moveItem, itemRecord, async (context, item, input) => {
    const ledger = ledgerOf(deps, item)
    const step = movesOf(ledger, item, context.today).find(({ id }) => id === input.move)
    if (!step)
      return refuse(e.moveUnknown, {
        detail: `当前状态是“${stateOf(ledger, item.state).label}”，没有这一步，请刷新后查看`,
      })
    needKeeper(context, ledger, step.by, itemFacets(item))
    const blocked = moveBlocked(step, ledger, item)
    if (blocked) refuse(e.moveBlocked, { detail: `${blocked}，不能${step.title}` })
    const on = dayWithin(item, input.on, context.today)
    if (step.reason && input.reason.length < 4) refuse(e.reasonMissing, onField('reason', e.reasonMissing.message))
    if (step.evidence && input.attachments.length === 0) {
      refuse(e.evidenceMissing, onField('attachments', `${step.title}要有佐证材料，请上传`))
    }
    const asked = new Set([...(step.asks ?? []), ...(step.needs ?? [])])
    const sent = Object.fromEntries(Object.entries(input.fields).filter(([id]) => asked.has(id)))
    const fields = { ...item.fields, ...(await withFiles(deps, context, ledger, sent, item.fields)) }
    await hang(deps, context, input.attachments)
    const next = inState(ledger, settled(ledger, { ...item, fields }, context.today, step.needs), step.to, on)
    await needUnique(context, next)
    const words = [step.title, input.reason].filter(Boolean).join('：')
    return { record: next, output: { state: next.state }, summary: words, effectiveOn: on }
  })

const reach = (deps: LedgerDeps): RegisteredAction =>
  onRecord(reachMilestone, itemRecord, async (context, item, input) => {
    const ledger = ledgerOf(deps, item)
    const one = milestonesOf(ledger, item, context.today).find(({ id }) => id === input.milestone)
    if (!one) return refuse(e.milestoneUnknown)
    needKeeper(context, ledger, one.by, itemFacets(item))
    if (item.milestones[one.id]) refuse(e.alreadyReached)
    const on = input.on ?? context.today
    if (on > context.today || on < item.listedOn) {
      refuse(e.outside, onField('on', `完成日期应在列入之日（${item.listedOn}）与今天之间`))
    }
    if (one.evidence && input.attachments.length === 0) {
      refuse(e.evidenceMissing, onField('attachments', `“${one.title}”要有佐证材料，请上传`))
    }
    await hang(deps, context, input.attachments)
    const reached = { on, by: context.actor.name, note: input.note }
    const record = { ...item, milestones: { ...item.milestones, [one.id]: reached } }
    const note = input.note ? `：${input.note}` : ''
    return { record, output: { state: item.state }, summary: `${one.title}（${on}完成）${note}` }
  })

const supplement = (deps: LedgerDeps): RegisteredAction =>
  onRecord(addEvidence, itemRecord, async (context, item, input) => {
    needKeeper(context, ledgerOf(deps, item), undefined, itemFacets(item))
    await hang(deps, context, input.attachments)
    const note = input.note ? `：${input.note}` : ''
    return { record: item, output: { state: item.state }, summary: `补充材料${input.attachments.length}份${note}` }
  })

const cancel = (deps: LedgerDeps): RegisteredAction =>
  onRecord(voidItem, itemRecord, (context, item, input) => {
    needKeeper(context, ledgerOf(deps, item), undefined, itemFacets(item))
    const record: LedgerItem = { ...item, state: voidState, stateType: 'void', changedOn: context.today, doneOn: null }
    return { record, output: { state: voidState }, summary: `作废：${input.reason}` }
  })

/** What is done with one item; `dayWithin` keeps its days in order, the ledger says by whom and with what. */
export const itemActions = (deps: LedgerDeps): RegisteredAction[] => [
  add(deps),
  edit(deps),
  move(deps),
  reach(deps),
  supplement(deps),
  cancel(deps),
]
