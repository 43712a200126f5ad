import { Select, type SelectProps } from 'antd'
import type { ReactNode } from 'react'
import type { SectorControlProps } from '../forms/controls.ts'
import { useOwnSector } from './use-own-sector.ts'

/** The sector a finding belongs to; filled in by itself while the unit has only one and nobody chose another. */
export function SectorPicker({ id, value, onChange, options, unitSectors }: SectorControlProps): ReactNode {
  useOwnSector(unitSectors, value, onChange)
  const own = new Set(unitSectors)
  const groups: SelectProps<string>['options'] = [
    { label: '本单位的行业领域', options: options.filter((option) => own.has(option.value)) },
    { label: '其他', options: options.filter((option) => !own.has(option.value)) },
  ]
  const plain: SelectProps<string>['options'] = [...options]
  return (
    <Select<string>
      {...(id ? { id } : {})}
      value={value}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder="选择行业领域"
      options={own.size === 0 ? plain : groups}
      onChange={(next) => onChange(next)}
    />
  )
}
