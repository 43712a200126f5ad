import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { useSettled } from '#shell/browser/use-settled.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import { type HazardView, listHazards, mergeHazard } from '../../model/index.ts'

/** Merges this hazard into another of the same place; the reports go with it, and the merge can be undone. */
export function MergeButton({ row }: { row: HazardView }): ReactNode {
  const [target, setTarget] = useState<{ id: string; version: number }>()
  const fields: FieldSpec[] = [
    {
      kind: 'custom',
      name: 'into',
      label: '并入的隐患',
      required: true,
      help: '合并后本条不再单独计数，发现记录并入所选隐患；可以撤销',
      render: ({ id, value, onChange }) => (
        <TargetPicker
          id={id}
          row={row}
          value={typeof value === 'string' ? value : undefined}
          onChange={(next) => {
            setTarget(next)
            onChange?.(next?.id)
          }}
        />
      ),
    },
    { kind: 'area', name: 'reason', label: '合并的理由', required: true, max: 500 },
  ]
  return (
    <ActionButton
      contract={mergeHazard}
      recordId={row.id}
      version={row.version}
      label="合并"
      fields={fields}
      fixed={target ? { intoVersion: target.version } : { intoVersion: 1 }}
    />
  )
}

interface TargetPickerProps {
  readonly id: string | undefined
  readonly row: HazardView
  readonly value: string | undefined
  onChange(target: { id: string; version: number } | undefined): void
}

function TargetPicker({ id, row, value, onChange }: TargetPickerProps): ReactNode {
  const [text, setText] = useState('')
  const typed = useSettled(text)
  const filter = row.unitId ? { unitId: row.unitId } : { area: row.area }
  const input = { ...filter, stateType: 'standing' as const, ...(typed ? { text: typed } : {}), size: 20 }
  const found = useAsk(listHazards, input, { keepPrevious: true })
  const rows = (found.data?.rows ?? []).filter((other) => other.id !== row.id)
  return (
    <Select
      {...(id ? { id } : {})}
      value={value}
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder="输入编号或内容"
      options={rows.map((other) => ({ value: other.id, label: `${other.number} ${other.description}` }))}
      notFoundContent={row.unitId ? '该单位没有其他未销号的隐患' : '该乡镇没有其他未销号的隐患'}
      onChange={(next) => onChange(rows.find((other) => other.id === next))}
    />
  )
}
