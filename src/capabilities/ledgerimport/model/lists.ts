import { z } from 'zod'
import { defineExport, defineList, type ListColumn } from '#kernel/list/list.ts'
import { minuteOf } from '#kernel/time.ts'
import { type ImportListRow, type ImportRow, ImportRowFilter, listImportRows, listImports } from './contract.ts'
import { ledgerFields } from './fields.ts'
import { importStates, rowStandings } from './record.ts'

/** Rows that are not in the database yet, whatever the reason. */
const leftOut = ({ counts }: ImportListRow) =>
  (counts.open ?? 0) + (counts.skipped ?? 0) + (counts.rejected ?? 0) + (counts.ready ?? 0)

const columns: readonly ListColumn<ImportListRow>[] = [
  { key: 'file', title: '文件', text: (row) => row.fileName, hideable: false },
  { key: 'sheet', title: '工作表', text: (row) => row.sheet, width: 130 },
  { key: 'at', title: '时间', text: (row) => minuteOf(new Date(row.createdAt)), width: 150 },
  { key: 'state', title: '状态', text: (row) => importStates[row.state].label, width: 110 },
  { key: 'imported', title: '已导入', text: (row) => row.counts.imported ?? 0, width: 80, align: 'right' },
  { key: 'merged', title: '已合并', text: (row) => row.counts.merged ?? 0, width: 80, align: 'right' },
  { key: 'left', title: '未导入', text: leftOut, width: 80, align: 'right' },
]

export const importList = defineList({
  id: 'ledger-imports',
  title: '我的导入',
  contract: listImports,
  filter: z.object({}),
  columns,
})
export const importExport = defineExport(importList, { id: 'ledgerimport.exportImports' })

const asCorrected = (row: ImportRow, field: 'unitName' | 'description' | 'foundOn') =>
  row.corrections[field] ?? row.cells[field] ?? null

const outcome = (row: ImportRow): string => {
  if (row.hazardId) return `${rowStandings[row.standing]} ${row.hazardNumber ?? ''}`
  return row.mergeRow ? `并入第${row.mergeRow}行` : rowStandings[row.standing]
}

/** What decides about a row first, then what is only remarked, each with its column where the words do not name it. */
export function rowRemarks({ problems, reason, standing }: ImportRow): { text: string; strong: boolean }[] {
  const remarks = problems.map(({ field, kind, message }) => {
    const { title } = ledgerFields[field]
    return { text: message.includes(title) ? message : `${title}：${message}`, asks: kind !== 'note' }
  })
  // The reason of an open row is what its problems say.
  if (standing === 'open' || !reason) return remarks.map(({ text, asks }) => ({ text, strong: asks }))
  return [{ text: reason, strong: true }, ...remarks.map(({ text }) => ({ text, strong: false }))]
}

const remarks = (row: ImportRow): string =>
  rowRemarks(row)
    .map(({ text }) => text)
    .join('；')

const rowColumns: readonly ListColumn<ImportRow>[] = [
  { key: 'row', title: '行', text: (row) => row.row, width: 60, align: 'right', hideable: false },
  { key: 'standing', title: '结果', text: outcome, width: 110, hideable: false },
  { key: 'unit', title: '单位', text: (row) => asCorrected(row, 'unitName'), width: 190 },
  { key: 'text', title: '隐患内容', text: (row) => asCorrected(row, 'description') },
  { key: 'found', title: '发现时间', text: (row) => asCorrected(row, 'foundOn'), width: 110 },
  { key: 'problems', title: '问题和说明', text: remarks, width: 300, hideable: false },
]

/** The rows of one import. Those that did not come in also leave in the ledger's own columns, to be corrected. */
export const importRowList = defineList({
  id: 'ledger-rows',
  title: '台账各行',
  contract: listImportRows,
  filter: ImportRowFilter,
  columns: rowColumns,
})
export const importRowExport = defineExport(importRowList, { id: 'ledgerimport.exportRows' })
