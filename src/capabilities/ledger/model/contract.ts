import { z } from 'zod'
import { areaCodePattern } from '#kernel/area.ts'
import { AttachmentInput, AttachmentView } from '#kernel/attachment.ts'
import { defineAction, defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { Day } from '#kernel/time.ts'
import { LedgerRow } from './contract-list.ts'
import { Ledger } from './definition.ts'
import { ledgerErrors as e } from './errors.ts'
import { LedgerId } from './ids.ts'

const Code = z.string().min(1).max(60)
const Area = z.string().regex(areaCodePattern, '请选择乡镇或村')
const reason = (what: string) => z.string().trim().min(4, `请写明${what}（至少4个字）`).max(500, `${what}最多500字`)
const Values = z.record(z.string().max(30, '没有这个字段'), z.unknown()).default({})
const Attachments = z.array(AttachmentInput).max(20, '一次最多20份材料').default([])
const Name = z.string().trim().max(100, '名称最多100字')

/** Where an item lies and whose it is; the ledger's subject says which of these have to be given. */
const place = {
  title: Name.default(''),
  area: Area.nullable().default(null),
  unitId: Id.nullable().default(null),
  sector: Code.nullable().default(null),
  bodyId: Code.nullable().default(null),
}
const State = z.object({ state: z.string() })
const on = { record: 'ledgerItem', permission: 'ledger.keep', output: State }
const placing = [e.unitMissing, e.unitUnknown, e.areaUnknown, e.bodyUnknown, e.sectorUnknown, e.alreadyThere]

export const addItem = defineAction({
  ...on,
  id: 'ledger.add',
  title: '登记台账事项',
  creates: true,
  input: z.object({
    ledger: LedgerId,
    ...place,
    /** The day it came into the population; today when nothing is said. */
    listedOn: Day.nullable().default(null),
    fields: Values,
    attachments: Attachments,
  }),
  errors: [e.unknownLedger, e.notYours, e.listedLater, ...placing],
})

export const editItem = defineAction({
  ...on,
  id: 'ledger.edit',
  title: '修改内容',
  input: z.object({ ...place, fields: Values, reason: reason('修改的原因') }),
  errors: [e.unknownLedger, e.notYours, e.voided, ...placing],
})

/** A step of the ledger's own lifecycle; `on` is the day it was done, today when nothing is said. */
export const moveItem = defineAction({
  ...on,
  id: 'ledger.move',
  title: '办理',
  input: z.object({
    move: z.string().max(30),
    on: Day.nullable().default(null),
    fields: Values,
    reason: z.string().trim().max(500, '理由最多500字').default(''),
    attachments: Attachments,
  }),
  errors: [
    e.unknownLedger,
    e.notYours,
    e.voided,
    e.moveUnknown,
    e.moveBlocked,
    e.outside,
    e.evidenceMissing,
    e.reasonMissing,
    e.alreadyThere,
  ],
})

export const reachMilestone = defineAction({
  ...on,
  id: 'ledger.reach',
  title: '登记节点完成',
  input: z.object({
    milestone: z.string().max(30),
    on: Day.nullable().default(null),
    note: z.string().trim().max(300, '说明最多300字').default(''),
    attachments: Attachments,
  }),
  errors: [e.unknownLedger, e.notYours, e.voided, e.milestoneUnknown, e.alreadyReached, e.outside, e.evidenceMissing],
})

export const addEvidence = defineAction({
  ...on,
  id: 'ledger.addEvidence',
  title: '补充材料',
  input: z.object({
    attachments: z.array(AttachmentInput).min(1, '请上传材料').max(20, '一次最多20份材料'),
    note: z.string().trim().max(300, '说明最多300字').default(''),
  }),
  errors: [e.unknownLedger, e.notYours, e.voided],
})

export const voidItem = defineAction({
  ...on,
  id: 'ledger.void',
  title: '作废',
  input: z.object({ reason: reason('作废的原因') }),
  errors: [e.unknownLedger, e.notYours, e.voided],
})

/** 零确认: an empty population is somebody's word with a day, and not a blank. */
export const confirmZero = defineAction({
  id: 'ledger.confirmZero',
  title: '确认为零',
  record: 'ledgerZero',
  permission: 'ledger.confirmZero',
  creates: true,
  input: z.object({ ledger: LedgerId, area: Area, statement: reason('排查确认的情况') }),
  output: z.object({}),
  errors: [e.unknownLedger, e.areaUnknown, e.notEmpty, e.zeroConfirmed],
})

export const liftZero = defineAction({
  id: 'ledger.liftZero',
  title: '撤回零确认',
  record: 'ledgerZero',
  permission: 'ledger.confirmZero',
  input: z.object({ reason: reason('撤回的原因') }),
  output: z.object({}),
  errors: [e.zeroLifted],
})

/** What is listed until that day is the stock; what comes later is shown apart, so that done ÷ due cannot be moved by adding. */
export const freezeStock = defineAction({
  id: 'ledger.freeze',
  title: '冻结存量',
  record: 'ledgerFreeze',
  permission: 'ledger.freeze',
  creates: true,
  input: z.object({ ledger: LedgerId, on: Day, reason: reason('冻结的依据') }),
  output: z.object({ stock: z.number().int() }),
  errors: [e.unknownLedger, e.frozenLater],
})

export const getLedger = defineQuery({
  id: 'ledger.definition',
  title: '台账定义',
  permission: 'ledger.read',
  input: z.object({ ledger: LedgerId }),
  output: z.object({
    ledger: Ledger,
    /** The day whose items are the stock: as frozen, else as the pack says. */
    stockOn: Day.nullable(),
    frozen: z.object({ by: z.string(), reason: z.string() }).nullable(),
    /** What this person may do with the ledger as a whole. */
    mayAdd: z.boolean(),
    mayImport: z.boolean(),
    mayFreeze: z.boolean(),
    mayConfirm: z.boolean(),
  }),
  errors: [e.unknownLedger],
})
export type LedgerView = z.infer<typeof getLedger.output>

export const ItemHistory = z.object({
  seq: z.number().int(),
  title: z.string(),
  at: z.string(),
  actor: z.string(),
  summary: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
})

export const getItem = defineQuery({
  id: 'ledger.get',
  title: '台账事项详情',
  permission: 'ledger.read',
  input: z.object({ id: Id }),
  output: LedgerRow.extend({
    ledger: Ledger,
    sector: z.string().nullable(),
    bodyId: z.string(),
    milestones: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        reached: z.object({ on: Day, by: z.string(), note: z.string() }).nullable(),
        evidence: z.boolean(),
        mayReach: z.boolean(),
      }),
    ),
    moves: z.array(z.object({ id: z.string(), blocked: z.string().nullable() })),
    attachments: z.array(AttachmentView),
    timeline: z.array(ItemHistory),
    allowedActions: z.array(z.object({ action: z.string(), blocked: z.string().optional() })),
  }),
  errors: [e.unknownLedger],
})
export type LedgerItemView = z.infer<typeof getItem.output>

export const ledgerItemContracts = [addItem, editItem, moveItem, reachMilestone, addEvidence, voidItem]
