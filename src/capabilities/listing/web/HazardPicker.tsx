import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { getHazard, listHazards } from '#capabilities/hazard/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { useSettled } from '#shell/browser/use-settled.ts'
import type { CustomControl } from '#shell/form/types.ts'

/** Finds a major hazard that stands and is not listed yet, by number, unit or words. */
export function HazardPicker({ id, value, onChange }: CustomControl): ReactNode {
  const chosen = typeof value === 'string' ? value : undefined
  const [typed, setTyped] = useState('')
  const text = useSettled(typed.trim().slice(0, 100))
  const found = useAsk(
    listHazards,
    { level: 'major', stateType: 'standing', listed: false, size: 20, ...(text ? { text } : {}) },
    { keepPrevious: true },
  )
  // The chosen one may not be among the twenty shown, as when the address brings it.
  const own = useAsk(getHazard, { id: chosen ?? '' }, { enabled: chosen !== undefined })
  const rows = found.data?.rows ?? []
  const shown = own.data && !rows.some((row) => row.id === chosen) ? [own.data, ...rows] : rows
  return (
    <Select
      {...(id ? { id } : {})}
      value={chosen}
      placeholder="输入编号、单位或隐患情况查找"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.isFetching}
      notFoundContent={found.isFetching ? '正在查找…' : '没有找到。请核对隐患是否为重大、尚未销号、未挂牌'}
      onChange={(next) => onChange?.(next)}
      options={[
        // Without an option of its own the control would show the bare id.
        ...(own.error && chosen ? [{ value: chosen, label: '没有找到所选的隐患，请重新选择' }] : []),
        ...shown.map((row) => ({
          value: row.id,
          label: `${row.number} ${row.unitName} ${row.description.slice(0, 40)}`,
        })),
      ]}
    />
  )
}
