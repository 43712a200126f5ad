import { defineExport, defineList, type ListColumn } from '#kernel/list/list.ts'
import { DeedFilter, type DeedRow, ItemFilter, type ItemRow, listDeeds, listItems } from './contract-read.ts'
import { deedStates, itemStates, quotaUnits, subjectKinds } from './terms.ts'

/** 1 / 2个工作日（另有1待核验）. */
export function progressWords({ done, pending, quota, unit }: Pick<ItemRow, 'done' | 'pending' | 'quota' | 'unit'>) {
  const more = pending > 0 ? `（另有${pending}待核验）` : ''
  return `${done} / ${quota}${quotaUnits[unit]}${more}`
}

const itemColumns: readonly ListColumn<ItemRow>[] = [
  { key: 'subject', title: '对象', text: (row) => row.subjectName, width: 210, hideable: false },
  { key: 'duty', title: '职责', text: (row) => row.title, hideable: false },
  { key: 'period', title: '周期', text: (row) => row.periodLabel, width: 130 },
  { key: 'state', title: '状态', text: (row) => itemStates[row.state].label, width: 110 },
  {
    key: 'progress',
    title: '进度',
    text: progressWords,
    facts: [
      { title: '已完成', text: (row) => row.done },
      { title: '应完成', text: (row) => row.quota },
      { title: '计量单位', text: (row) => quotaUnits[row.unit] },
    ],
    width: 140,
  },
  { key: 'due', title: '期限', text: (row) => row.dueOn, width: 190, sortKey: 'dueOn' },
  { key: 'met', title: '完成日期', text: (row) => row.metOn, width: 110 },
  { key: 'area', title: '区域', text: (row) => row.areaName, width: 100 },
  { key: 'body', title: '责任机构', text: (row) => row.bodyName, width: 150, hiddenAtFirst: true },
  { key: 'unit', title: '所在单位', text: (row) => row.unitName, width: 180, hiddenAtFirst: true },
  { key: 'kind', title: '对象类型', text: (row) => subjectKinds[row.subjectKind], width: 90, hiddenAtFirst: true },
  { key: 'clauses', title: '条款', text: (row) => row.clauses.join('、'), width: 110, hiddenAtFirst: true },
]

export const itemList = defineList({
  id: 'duty-items',
  title: '履责清单',
  contract: listItems,
  filter: ItemFilter,
  columns: itemColumns,
})
export const itemExport = defineExport(itemList, { id: 'duty.exportItems' })

const deedColumns: readonly ListColumn<DeedRow>[] = [
  { key: 'form', title: '记录', text: (row) => row.formTitle, width: 170, hideable: false },
  { key: 'subject', title: '对象', text: (row) => row.subjectName, width: 210 },
  { key: 'days', title: '日期', text: (row) => row.days.join('、'), width: 120 },
  { key: 'people', title: '参加人员', text: (row) => row.people, width: 140 },
  { key: 'note', title: '情况', text: (row) => row.note || null },
  { key: 'state', title: '状态', text: (row) => deedStates[row.state].label, width: 110 },
  { key: 'by', title: '填报人', text: (row) => row.recordedBy, width: 100 },
  { key: 'on', title: '填报日期', text: (row) => row.recordedOn, width: 110 },
  { key: 'area', title: '区域', text: (row) => row.areaName, width: 100 },
]

export const deedList = defineList({
  id: 'duty-deeds',
  title: '履责记录',
  contract: listDeeds,
  filter: DeedFilter,
  columns: deedColumns,
})
export const deedExport = defineExport(deedList, { id: 'duty.exportDeeds' })
