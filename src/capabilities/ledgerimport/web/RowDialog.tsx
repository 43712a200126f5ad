import type { ReactNode } from 'react'
import { ActionWindow } from '#shell/form/ActionButton.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import {
  correctRow,
  type ImportRow,
  type ImportView,
  type LedgerField,
  ledgerFieldIds,
  ledgerFields,
  valueFields,
} from '../model/index.ts'
import { useChoices } from './choices.ts'

const isValueField = (field: LedgerField): field is (typeof valueFields)[number] =>
  (valueFields as readonly string[]).includes(field)

/** Corrects one row as it would stand in the ledger; the original cell stays beside it. */
export function RowDialog({ view, row, onClose }: { view: ImportView; row: ImportRow; onClose(): void }): ReactNode {
  const choices = useChoices()
  const asked = new Set(row.problems.filter((problem) => problem.kind !== 'note').map((problem) => problem.field))
  const order = [
    ...ledgerFieldIds.filter((field) => asked.has(field)),
    ...ledgerFieldIds.filter((field) => !asked.has(field) && view.columns[field] !== undefined),
  ]
  const fields: FieldSpec[] = [
    {
      kind: 'radio',
      name: 'decision',
      label: '这一行怎样处理',
      options: [
        { value: 'auto', label: '正常导入' },
        { value: 'separate', label: '单独登记，不与其他行合并' },
        { value: 'skip', label: '不导入' },
      ],
    },
    ...order.map((field): FieldSpec => {
      const problem = row.problems.find((candidate) => candidate.field === field)
      const cell = row.cells[field]
      const help = [problem?.message, cell ? `台账原文：${cell}` : undefined].filter(Boolean).join('；')
      const base = { name: `corrections.${field}`, label: ledgerFields[field].title, ...(help ? { help } : {}) }
      if (problem?.candidates?.length) {
        return { ...base, kind: 'select', options: problem.candidates.map((day) => ({ value: day, label: day })) }
      }
      if (isValueField(field)) return { ...base, kind: 'select', options: choices[field] }
      return { ...base, kind: 'area', rows: 1 }
    }),
  ]
  return (
    <ActionWindow
      contract={correctRow}
      label={`更正第 ${row.row} 行`}
      submitLabel="保存"
      recordId={view.id}
      version={view.version}
      fields={fields}
      fixed={{ row: row.row }}
      initial={{ decision: row.decision, corrections: { ...row.corrections } }}
      doneText={(output) => (output.standing === 'ready' ? `第${row.row}行可以导入了` : `第${row.row}行已保存`)}
      open
      onClose={onClose}
    />
  )
}
