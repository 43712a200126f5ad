import { defineExport, defineList, type ListColumn } from '#kernel/list/list.ts'
import { CriteriaFilter, type CriterionView, searchCriteria } from './contract.ts'

const columns: readonly ListColumn<CriterionView>[] = [
  { key: 'standard', title: '判定标准', text: (row) => row.standardTitle, width: 240, hideable: false },
  { key: 'document', title: '文号', text: (row) => row.documentNo, width: 150 },
  { key: 'no', title: '条款', text: (row) => row.no, width: 90, hideable: false },
  { key: 'group', title: '分类', text: (row) => row.group, width: 140 },
  { key: 'text', title: '条文', text: (row) => row.text, hideable: false },
  { key: 'catchAll', title: '兜底条款', text: (row) => (row.catchAll ? '是，须另写理由' : '否'), width: 110 },
  { key: 'from', title: '有效自', text: (row) => row.effectiveFrom, width: 110 },
  { key: 'until', title: '有效至前一日', text: (row) => row.supersededOn, width: 110 },
  { key: 'withdrawn', title: '是否撤下', text: (row) => (row.withdrawn ? '已撤下' : '否'), width: 90 },
  { key: 'verified', title: '是否核实', text: (row) => (row.confidence === 'high' ? '已核实' : '未核实'), width: 90 },
]

/** The items of the library, the closest to the words first; without words all of them, standard by standard. */
export const criteriaList = defineList({
  id: 'criteria',
  title: '判定标准条文',
  contract: searchCriteria,
  filter: CriteriaFilter,
  columns,
})
export const criteriaExport = defineExport(criteriaList, { id: 'criteria.export' })
