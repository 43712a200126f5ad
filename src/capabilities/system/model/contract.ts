import { z } from 'zod'
import { defineAction, defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { named } from '#kernel/list/filter.ts'
import { Paging, pageOf } from '#kernel/paging.ts'
import { Day } from '#kernel/time.ts'

export const NoticeRow = z.object({
  id: Id,
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  recordType: z.string(),
  recordId: Id,
  at: z.string(),
  readAt: z.string().nullable(),
  /** Where the record is shown; null when the reader may not see it any more. */
  path: z.string().nullable(),
})
export type NoticeRow = z.infer<typeof NoticeRow>

export const listNotices = defineQuery({
  id: 'system.inbox',
  title: '消息',
  permission: 'session',
  clauses: ['M17-7'],
  input: z.object({ unreadOnly: z.boolean().default(false), ...Paging }),
  output: pageOf(NoticeRow).extend({ unread: z.number().int() }),
  errors: [],
})

export const markRead = defineAction({
  id: 'system.markRead',
  title: '标记已读',
  permission: 'session',
  record: 'inboxReading',
  creates: true,
  input: z.object({ noticeIds: z.array(Id).min(1, '请选择消息').max(200, '一次最多标记200条') }),
  output: z.object({ read: z.number().int() }),
  errors: [],
})

export const ReceiptRow = z.object({
  noticeId: Id,
  title: z.string(),
  at: z.string(),
  recipient: z.string(),
  readers: z.array(z.object({ name: z.string(), at: z.string() })),
  delivery: z.object({ state: z.string(), channel: z.string(), error: z.string().nullable() }).nullable(),
})

/** Whom a record's notices went to, who has read them, and whether they left the system. */
export const listReceipts = defineQuery({
  id: 'system.receipts',
  title: '送达情况',
  permission: 'session',
  clauses: ['M17-7'],
  input: z.object({ recordType: z.string().max(40), recordId: Id }),
  output: z.object({ rows: z.array(ReceiptRow) }),
  errors: [],
})

export const deliveryStates = {
  queued: '待发送',
  sent: '已发送',
  failed: '发送失败',
  undeliverable: '无法送达',
  inboxOnly: '未接站外渠道',
} as const
export type DeliveryState = keyof typeof deliveryStates
const deliveryState = z.enum(Object.keys(deliveryStates) as [DeliveryState, ...DeliveryState[]])
const actor = (label: string) => named(z.string().trim().max(40).optional(), label)

export const AuditFilter = z.object({
  recordId: named(Id.optional(), '记录编号'),
  actor: actor('办理人'),
  name: named(z.string().trim().max(60).optional(), '事项代码'),
  from: named(Day.optional(), '时间自'),
  to: named(Day.optional(), '时间至'),
})
export type AuditFilter = z.infer<typeof AuditFilter>

export const AuditRow = z.object({
  id: Id,
  at: z.string(),
  actor: z.string(),
  name: z.string(),
  title: z.string(),
  recordType: z.string(),
  recordId: Id,
  seq: z.number().int(),
  summary: z.string(),
  fromState: z.string().nullable(),
  toState: z.string().nullable(),
  hash: z.string(),
})
export type AuditRow = z.infer<typeof AuditRow>

export const listAudit = defineQuery({
  id: 'system.audit',
  title: '操作审计',
  permission: 'system.audit',
  input: AuditFilter.extend(Paging),
  output: pageOf(AuditRow),
  errors: [],
})

export const RefusalFilter = z.object({ actor: actor('操作人') })
export type RefusalFilter = z.infer<typeof RefusalFilter>

export const RefusalRow = z.object({
  id: Id,
  at: z.string(),
  actor: z.string(),
  operation: z.string(),
  title: z.string(),
  code: z.string(),
  detail: z.string(),
})
export type RefusalRow = z.infer<typeof RefusalRow>

export const listRefusals = defineQuery({
  id: 'system.refusals',
  title: '被拒绝的操作',
  permission: 'system.audit',
  input: RefusalFilter.extend(Paging),
  output: pageOf(RefusalRow),
  errors: [],
})

export const TakenOutFilter = z.object({ actor: actor('导出人') })
export type TakenOutFilter = z.infer<typeof TakenOutFilter>

/** One list that somebody took out of the system. */
export const TakenOutRow = z.object({
  id: Id,
  at: z.string(),
  actor: z.string(),
  title: z.string(),
  /** The filter as people read it. */
  words: z.string(),
  columns: z.array(z.string()),
  format: z.string(),
  rows: z.number().int(),
})
export type TakenOutRow = z.infer<typeof TakenOutRow>

export const listExports = defineQuery({
  id: 'system.exports',
  title: '导出记录',
  permission: 'system.audit',
  input: TakenOutFilter.extend(Paging),
  output: pageOf(TakenOutRow),
  errors: [],
})

export const DeliveryFilter = z.object({ state: named(deliveryState.optional(), '状态', deliveryStates) })
export type DeliveryFilter = z.infer<typeof DeliveryFilter>

export const DeliveryRow = z.object({
  id: Id,
  state: deliveryState,
  channel: z.string(),
  address: z.string(),
  attempts: z.number().int(),
  error: z.string().nullable(),
  nextAt: z.string(),
  sentAt: z.string().nullable(),
  title: z.string(),
  recipient: z.string(),
})
export type DeliveryRow = z.infer<typeof DeliveryRow>

export const listDeliveries = defineQuery({
  id: 'system.listDeliveries',
  title: '外部通知',
  permission: 'system.deliveries',
  clauses: ['M17-7'],
  input: DeliveryFilter.extend(Paging),
  output: pageOf(DeliveryRow).extend({ counts: z.record(z.string(), z.number().int()) }),
  errors: [],
})

export const requeueDeliveries = defineAction({
  id: 'system.requeueDeliveries',
  title: '重新发送',
  permission: 'system.deliveries',
  record: 'deliveryRetry',
  creates: true,
  input: z.object({ ids: z.array(Id).min(1, '请选择要重发的通知').max(500, '一次最多重发500条') }),
  output: z.object({ queued: z.number().int() }),
  errors: [],
})
