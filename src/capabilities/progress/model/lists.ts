import { defineExport, defineList, type ListColumn } from '#kernel/list/list.ts'
import { listReturns, ReturnFilter, type ReturnRow } from './contract-read.ts'
import { headNumbers } from './numbers.ts'
import { returnLateness, returnStates } from './terms.ts'

const late = (row: ReturnRow) => {
  if (!row.lateness) return null
  return row.daysLate > 0 ? `${returnLateness[row.lateness]}${row.daysLate}天` : returnLateness[row.lateness]
}

const columns: readonly ListColumn<ReturnRow>[] = [
  { key: 'body', title: '填报单位', text: (row) => row.bodyName, hideable: false },
  { key: 'period', title: '报送期', text: (row) => row.period, width: 130 },
  {
    key: 'state',
    title: '状态',
    text: (row) => [returnStates[row.state].label, late(row), row.locked ? '已锁定' : null].filter(Boolean).join('、'),
    facts: [
      { title: '状态', text: (row) => returnStates[row.state].label },
      { title: '时限情况', text: late },
      { title: '是否锁定', text: (row) => (row.locked ? '是' : '否') },
    ],
    width: 210,
  },
  { key: 'due', title: '报送期限', text: (row) => row.dueOn, width: 170 },
  { key: 'submitted', title: '报送日期', text: (row) => row.submittedOn, width: 110 },
  ...Object.entries(headNumbers).map(
    ([id, title]): ListColumn<ReturnRow> => ({
      key: id,
      title,
      text: (row) => row.numbers[id] ?? null,
      width: 90,
      align: 'right',
    }),
  ),
  { key: 'progress', title: '工作进展', text: (row) => row.progress || null, width: 260, hiddenAtFirst: true },
  { key: 'problems', title: '存在的问题', text: (row) => row.problems || null, width: 200, hiddenAtFirst: true },
  { key: 'next', title: '下一步安排', text: (row) => row.next || null, width: 200, hiddenAtFirst: true },
]

export const returnList = defineList({
  id: 'progress-returns',
  title: '进展报送汇总',
  contract: listReturns,
  filter: ReturnFilter,
  columns,
})
export const returnExport = defineExport(returnList, { id: 'progress.export' })
