import { defineExport, defineList, type ListColumn } from '#kernel/list/list.ts'
import { minuteOf } from '#kernel/time.ts'
import {
  AuditFilter,
  type AuditRow,
  DeliveryFilter,
  type DeliveryRow,
  deliveryStates,
  listAudit,
  listDeliveries,
  listExports,
  listRefusals,
  RefusalFilter,
  type RefusalRow,
  TakenOutFilter,
  type TakenOutRow,
} from './contract.ts'

const minute = (instant: string) => minuteOf(new Date(instant))

const auditColumns: readonly ListColumn<AuditRow>[] = [
  { key: 'at', title: '时间', text: (row) => minute(row.at), width: 150, hideable: false },
  { key: 'actor', title: '办理人', text: (row) => row.actor, width: 100, hideable: false },
  { key: 'title', title: '事项', text: (row) => row.title, width: 130 },
  { key: 'summary', title: '内容', text: (row) => row.summary },
  { key: 'record', title: '记录', text: (row) => row.recordId, width: 300, hiddenAtFirst: true },
  { key: 'seq', title: '第几步', text: (row) => row.seq, width: 70, align: 'right' },
  { key: 'hash', title: '校验值', text: (row) => row.hash, width: 130 },
]
export const auditList = defineList({
  id: 'audit',
  title: '办理记录',
  contract: listAudit,
  filter: AuditFilter,
  columns: auditColumns,
})
export const auditExport = defineExport(auditList, { id: 'system.exportAudit' })

const refusalColumns: readonly ListColumn<RefusalRow>[] = [
  { key: 'at', title: '时间', text: (row) => minute(row.at), width: 150, hideable: false },
  { key: 'actor', title: '操作人', text: (row) => row.actor, width: 110 },
  { key: 'title', title: '操作', text: (row) => row.title, width: 150 },
  { key: 'detail', title: '拒绝的原因', text: (row) => row.detail },
  { key: 'code', title: '代码', text: (row) => row.code, width: 170, hiddenAtFirst: true },
]
export const refusalList = defineList({
  id: 'refusals',
  title: '被拒绝的操作',
  contract: listRefusals,
  filter: RefusalFilter,
  columns: refusalColumns,
})
export const refusalExport = defineExport(refusalList, { id: 'system.exportRefusals' })

const takenOutColumns: readonly ListColumn<TakenOutRow>[] = [
  { key: 'at', title: '时间', text: (row) => minute(row.at), width: 150, hideable: false },
  { key: 'actor', title: '导出人', text: (row) => row.actor, width: 110 },
  { key: 'title', title: '内容', text: (row) => row.title, width: 150 },
  { key: 'words', title: '筛选条件', text: (row) => row.words || '无' },
  { key: 'columns', title: '列', text: (row) => row.columns.join('、') },
  { key: 'format', title: '格式', text: (row) => row.format, width: 70 },
  { key: 'rows', title: '行数', text: (row) => row.rows, width: 80, align: 'right' },
]
export const takenOutList = defineList({
  id: 'exports',
  title: '导出记录',
  contract: listExports,
  filter: TakenOutFilter,
  columns: takenOutColumns,
})
export const takenOutExport = defineExport(takenOutList, { id: 'system.exportTakenOut' })

const deliveryColumns: readonly ListColumn<DeliveryRow>[] = [
  { key: 'title', title: '通知', text: (row) => row.title, hideable: false },
  { key: 'recipient', title: '接收', text: (row) => row.recipient, width: 160 },
  { key: 'state', title: '状态', text: (row) => deliveryStates[row.state], width: 100 },
  { key: 'error', title: '原因', text: (row) => row.error },
  { key: 'attempts', title: '次数', text: (row) => row.attempts, width: 60, align: 'right' },
  { key: 'sent', title: '发送时间', text: (row) => row.sentAt && minute(row.sentAt), width: 150 },
]
export const deliveryList = defineList({
  id: 'deliveries',
  title: '外部通知',
  contract: listDeliveries,
  filter: DeliveryFilter,
  columns: deliveryColumns,
})
export const deliveryExport = defineExport(deliveryList, { id: 'system.exportDeliveries' })
