import type { ReactNode } from 'react'
import { ActionWindow } from '#shell/form/ActionButton.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import {
  correctRow,
  type ImportRow,
  type ImportView,
  isValueField,
  type LedgerField,
  ledgerFieldIds,
  ledgerFields,
} from '../model/index.ts'
import { useChoices } from './choices.ts'
import { RowUnit, type UnitChoice } from './RowUnit.tsx'

const handling: FieldSpec = {
  kind: 'radio',
  name: 'decision',
  label: '这一行怎样处理',
  options: [
    { value: 'auto', label: '正常导入' },
    { value: 'separate', label: '单独登记，不与其他行合并' },
    { value: 'skip', label: '不导入' },
  ],
}

/** One cell to correct, with what is wrong and what the ledger says. */
function fieldOf(field: LedgerField, row: ImportRow, choices: ReturnType<typeof useChoices>): FieldSpec {
  const problem = row.problems.find((candidate) => candidate.field === field)
  const cell = row.cells[field]
  const help = [problem?.message, cell ? `台账原文：${cell}` : undefined].filter(Boolean).join('；')
  const base = { name: `corrections.${field}`, label: ledgerFields[field].title, ...(help ? { help } : {}) }
  if (problem?.candidates?.length) {
    return { ...base, kind: 'select', options: problem.candidates.map((day) => ({ value: day, label: day })) }
  }
  if (isValueField(field)) return { ...base, kind: 'select', options: choices[field] }
  return { ...base, kind: 'area', rows: 1 }
}

/** Corrects one row as it would stand in the ledger; the original cell stays beside it. */
export function RowDialog({ view, row, onClose }: { view: ImportView; row: ImportRow; onClose(): void }): ReactNode {
  const choices = useChoices()
  const asked = new Set(row.problems.filter((problem) => problem.kind !== 'note').map((problem) => problem.field))
  const order = [
    ...ledgerFieldIds.filter((field) => asked.has(field)),
    ...ledgerFieldIds.filter((field) => !asked.has(field) && view.columns[field] !== undefined),
  ]
  const fields: FieldSpec[] = [
    handling,
    {
      kind: 'custom',
      name: 'unit',
      label: '名录中的单位',
      help: '本次导入中同一乡镇、同一名称的各行一并对应；对应后单位主要负责人和实际控制人能收到重大隐患的通知',
      render: (control) => (
        <RowUnit
          importId={view.id}
          row={row}
          value={control.value as UnitChoice}
          onChange={(choice) => control.onChange?.(choice)}
        />
      ),
    },
    ...order.map((field) => fieldOf(field, row, choices)),
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
      initial={{
        decision: row.decision,
        corrections: { ...row.corrections },
        ...(row.unitFixed ? { unit: { id: row.unitId } } : {}),
      }}
      doneText={({ standing, rows }) =>
        `第${row.row}行${standing === 'ready' ? '可以导入了' : '已保存'}${rows > 1 ? `，同一单位共${rows}行一并对应` : ''}`
      }
      open
      onClose={onClose}
    />
  )
}
