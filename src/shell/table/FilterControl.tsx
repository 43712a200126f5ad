import { Checkbox, DatePicker, Input, Select, TreeSelect } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { ReactNode } from 'react'
import type { FilterSpec, Search } from './types.ts'

interface FilterControlProps {
  readonly spec: FilterSpec
  readonly filter: Search
  onChange(changes: Search): void
}

/** The control of one filter. Each carries its name for screen readers, because the label is only a placeholder. */
export function FilterControl({ spec, filter, onChange }: FilterControlProps): ReactNode {
  const value = filter[spec.name]
  switch (spec.kind) {
    case 'text':
      return (
        <Input.Search
          // Uncontrolled while typing; a new key takes over what the address says after back or clear.
          key={String(value ?? '')}
          defaultValue={typeof value === 'string' ? value : ''}
          placeholder={spec.label}
          aria-label={spec.label}
          allowClear
          style={{ width: 240 }}
          onSearch={(text) => onChange({ [spec.name]: text.trim() })}
        />
      )
    case 'flag':
      return (
        <Checkbox checked={value === true} onChange={(e) => onChange({ [spec.name]: e.target.checked || undefined })}>
          {spec.label}
        </Checkbox>
      )
    case 'days':
      return <DaysControl spec={spec} filter={filter} onChange={onChange} />
    case 'tree':
      return (
        <TreeSelect
          value={value}
          treeData={spec.options as never}
          placeholder={spec.label}
          aria-label={spec.label}
          allowClear
          showSearch={{ treeNodeFilterProp: 'title' }}
          popupMatchSelectWidth={280}
          style={{ minWidth: 160 }}
          onChange={(next) => onChange({ [spec.name]: next })}
        />
      )
    default:
      return <ChoiceControl spec={spec} value={value} onChange={onChange} />
  }
}

type ChoiceSpec = Extract<FilterSpec, { options: readonly { label: string }[] }>

function ChoiceControl(props: { spec: ChoiceSpec; value: unknown; onChange(changes: Search): void }): ReactNode {
  const { spec, value, onChange } = props
  return (
    <Select
      value={value}
      {...(spec.kind === 'multi' ? { mode: 'multiple' as const, maxTagCount: 2 } : {})}
      options={[...spec.options]}
      placeholder={spec.label}
      aria-label={spec.label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      style={{ minWidth: 140 }}
      onChange={(next) => onChange({ [spec.name]: next })}
    />
  )
}

type DaysSpec = Extract<FilterSpec, { kind: 'days' }>

function DaysControl(props: { spec: DaysSpec; filter: Search; onChange(changes: Search): void }): ReactNode {
  const { spec, filter, onChange } = props
  const read = (name: string): Dayjs | null => (typeof filter[name] === 'string' ? dayjs(filter[name]) : null)
  const write = (day: Dayjs | null | undefined) => day?.format('YYYY-MM-DD')
  return (
    <DatePicker.RangePicker
      value={[read(spec.name), read(spec.nameTo)]}
      allowEmpty={[true, true]}
      placeholder={[`${spec.label}从`, '到']}
      aria-label={spec.label}
      style={{ width: 250 }}
      onChange={(days) => onChange({ [spec.name]: write(days?.[0]), [spec.nameTo]: write(days?.[1]) })}
    />
  )
}
