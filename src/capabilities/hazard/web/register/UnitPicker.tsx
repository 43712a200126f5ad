import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { getUnit, listUnits } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { useSettled } from '#shell/browser/use-settled.ts'
import type { UnitControlProps } from '../forms/controls.ts'

/** Finds a unit of the directory by any part of its name or code; only units within one's own scope are offered. */
export function UnitPicker({ id, value, onChange }: UnitControlProps): ReactNode {
  const [text, setText] = useState('')
  const typed = useSettled(text)
  const found = useAsk(
    listUnits,
    { ...(typed ? { text: typed } : {}), states: ['active', 'suspended'], size: 20 },
    { keepPrevious: true },
  )
  const chosen = useAsk(getUnit, { id: value ?? '' }, { enabled: Boolean(value) })
  const rows = found.data?.rows ?? []
  const options = rows.map((unit) => ({
    value: unit.id,
    label: `${unit.name}（${unit.areaName}，${unit.sectorNames.join('、')}）`,
  }))
  if (chosen.data && !options.some((option) => option.value === value)) {
    options.unshift({ value: chosen.data.id, label: `${chosen.data.name}（${chosen.data.areaName}）` })
  }
  return (
    <Select
      {...(id ? { id } : {})}
      value={value ?? undefined}
      showSearch={{ filterOption: false, onSearch: setText }}
      allowClear
      placeholder="输入单位名称或统一社会信用代码"
      loading={found.isFetching}
      options={options}
      notFoundContent={typed ? '名录中没有找到，可改填“场所名称”' : '没有单位'}
      onChange={(next) => onChange(next ?? null)}
    />
  )
}
