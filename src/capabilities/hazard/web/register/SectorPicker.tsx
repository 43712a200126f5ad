import { Select, type SelectProps } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Option } from '#shell/table/types.ts'

interface SectorPickerProps {
  readonly id: string | undefined
  readonly value: string | undefined
  onChange(value: string | undefined): void
  readonly options: readonly Option[]
  /** The chosen unit's own sectors, offered first; a fire hazard in a factory still goes under 消防. */
  readonly unitSectors: readonly string[] | undefined
}

/** The sector a finding belongs to; filled in by itself while the unit has only one and nobody chose another. */
export function SectorPicker({ id, value, onChange, options, unitSectors }: SectorPickerProps): ReactNode {
  const given = useRef<string>(undefined)
  const only = unitSectors?.length === 1 ? unitSectors[0] : undefined
  const latest = useRef({ value, onChange })
  latest.current = { value, onChange }
  useEffect(() => {
    const now = latest.current
    if (now.value !== undefined && now.value !== given.current) return
    given.current = only
    if (only !== now.value) now.onChange(only)
  }, [only])
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
