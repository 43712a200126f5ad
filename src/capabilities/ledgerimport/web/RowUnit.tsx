import { Radio, Select, Space } from 'antd'
import { type ReactNode, useState } from 'react'
import { listUnits } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { findRowUnits, type ImportRow } from '../model/index.ts'

/** `undefined` = as found by name and code; null = none of the directory. */
export type UnitChoice = { readonly id: string | null } | undefined

interface RowUnitProps {
  readonly importId: string
  readonly row: ImportRow
  readonly value?: UnitChoice
  onChange?(value: UnitChoice): void
}

/** Which unit of the directory the row is about: the likeliest first, any other by its name. */
export function RowUnit({ importId, row, value, onChange }: RowUnitProps): ReactNode {
  const [text, setText] = useState('')
  const near = useAsk(findRowUnits, { id: importId, row: row.row }).data?.units ?? []
  const found = useAsk(
    listUnits,
    { ...(text ? { text } : {}), states: ['active', 'suspended'], size: 20 },
    { keepPrevious: true, enabled: text.length > 1 },
  )
  const automatic = row.unitId && !row.unitFixed ? `对应“${row.unitName}”` : '名录中没有有把握的，按单位名称登记'
  const others = (found.data?.rows ?? []).filter((unit) => near.every((one) => one.id !== unit.id))
  const chosen = value?.id ?? null
  const picked = value === undefined ? 'auto' : (chosen ?? 'none')
  const elsewhere = chosen !== null && near.every((unit) => unit.id !== chosen) ? chosen : undefined
  return (
    <Space direction="vertical" style={{ width: '100%' }}>
      <Radio.Group
        value={elsewhere ? 'other' : picked}
        onChange={({ target }) => {
          if (target.value === 'auto') onChange?.(undefined)
          else onChange?.({ id: target.value === 'none' ? null : target.value })
        }}
      >
        <Space direction="vertical">
          {!row.unitFixed && <Radio value="auto">自动：{automatic}</Radio>}
          {near.map((unit) => (
            <Radio key={unit.id} value={unit.id} disabled={!unit.here}>
              {unit.name}（{unit.areaName}，{unit.why}）
            </Radio>
          ))}
          <Radio value="none">都不是，按单位名称登记</Radio>
        </Space>
      </Radio.Group>
      <Select
        aria-label="在名录中查找单位"
        value={elsewhere}
        showSearch={{ filterOption: false, onSearch: setText }}
        allowClear
        placeholder="在名录中查找：输入名称或统一社会信用代码"
        style={{ width: '100%' }}
        loading={found.isFetching}
        options={others.map((unit) => ({ value: unit.id, label: `${unit.name}（${unit.areaName}）` }))}
        notFoundContent={text.length > 1 ? '名录中没有找到' : '请输入至少两个字'}
        onChange={(id) => onChange?.(id ? { id } : undefined)}
      />
    </Space>
  )
}
