import { defineExport, defineList, type ListColumn } from '#kernel/list/list.ts'
import { listTasks, TaskFilter, type TaskRow } from './contract-read.ts'
import { taskKinds, taskLateness, taskSources, taskStates } from './terms.ts'

const late = (row: TaskRow) => {
  if (!row.lateness) return null
  return row.daysLate > 0 ? `${taskLateness[row.lateness]}${row.daysLate}天` : taskLateness[row.lateness]
}

const columns: readonly ListColumn<TaskRow>[] = [
  { key: 'title', title: '任务', text: (row) => row.title, hideable: false, sortKey: 'title' },
  { key: 'kind', title: '类别', text: (row) => taskKinds[row.kind], width: 70, hiddenAtFirst: true },
  { key: 'period', title: '年度', text: (row) => row.period || null, width: 70, align: 'right' },
  { key: 'assignee', title: '承办单位', text: (row) => row.assigneeName, width: 170, sortKey: 'assignee' },
  { key: 'co', title: '协办单位', text: (row) => row.coNames.join('、') || null, width: 170, hiddenAtFirst: true },
  {
    key: 'state',
    title: '状态',
    text: (row) => [taskStates[row.state].label, late(row)].filter(Boolean).join('、'),
    facts: [
      { title: '状态', text: (row) => taskStates[row.state].label },
      { title: '时限情况', text: late },
    ],
    width: 190,
  },
  { key: 'due', title: '完成期限', text: (row) => row.dueOn, width: 180, sortKey: 'dueOn' },
  { key: 'submitted', title: '报送日期', text: (row) => row.submittedOn, width: 110 },
  { key: 'receipt', title: '备案号', text: (row) => row.receipt, width: 140, hiddenAtFirst: true },
  { key: 'clauses', title: '方案条款', text: (row) => row.clauses.join('、') || null, width: 120 },
  { key: 'source', title: '来源', text: (row) => taskSources[row.source], width: 90, hiddenAtFirst: true },
  { key: 'issuer', title: '下达单位', text: (row) => row.issuerName, width: 150, hiddenAtFirst: true },
  { key: 'issued', title: '下达日期', text: (row) => row.issuedOn, width: 110, hiddenAtFirst: true },
]

export const taskList = defineList({
  id: 'tasks',
  title: '任务清单',
  contract: listTasks,
  filter: TaskFilter,
  columns,
})
export const taskExport = defineExport(taskList, { id: 'task.export' })

/** The same records where only papers to be filed are asked for: the receipt is what people look for there. */
export const filingList = defineList({
  id: 'filings',
  title: '备案清单',
  contract: listTasks,
  filter: TaskFilter,
  columns: columns.map((column) => {
    if (column.key === 'title') return { ...column, title: '备案事项' }
    if (column.key === 'assignee') return { ...column, title: '报送单位' }
    if (column.key !== 'receipt') return column
    const { hiddenAtFirst: _, ...shown } = column
    return shown
  }),
})
export const filingExport = defineExport(filingList, { id: 'task.exportFilings' })
