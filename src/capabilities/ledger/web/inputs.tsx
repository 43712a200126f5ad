import { DatePicker, Input, Select, Space } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useState } from 'react'
import { getUnit, listUnits } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { useSettled } from '#shell/browser/use-settled.ts'
import type { CustomControl } from '#shell/form/types.ts'

const whole = { width: '100%' }
const idOf = (id: string | undefined) => (id ? { id } : {})
const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** Finds a unit of the directory by any part of its name; only units within one's own scope are offered. */
export function UnitInput({ id, value, onChange }: CustomControl): ReactNode {
  const [text, setText] = useState('')
  const typed = useSettled(text)
  const chosen = textOf(value)
  const question = { ...(typed ? { text: typed } : {}), states: ['active' as const, 'suspended' as const], size: 20 }
  const found = useAsk(listUnits, question, { keepPrevious: true })
  const known = useAsk(getUnit, { id: chosen }, { enabled: chosen !== '' })
  const units = [...(found.data?.rows ?? [])]
  const others = known.data && !units.some((unit) => unit.id === chosen) ? [known.data] : []
  return (
    <Select
      {...idOf(id)}
      value={chosen || undefined}
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder="输入单位名称查找"
      loading={found.isFetching}
      options={[...others, ...units].map((unit) => ({ value: unit.id, label: `${unit.name}（${unit.areaName}）` }))}
      notFoundContent={typed ? '名录中没有找到，请先到“名录”登记单位' : '没有单位'}
      onChange={(next: string | undefined) => onChange?.(next)}
    />
  )
}

/** A year and month as YYYY-MM. */
export function MonthInput({ id, value, onChange }: CustomControl): ReactNode {
  const month = textOf(value)
  return (
    <DatePicker
      {...idOf(id)}
      picker="month"
      value={month ? dayjs(`${month}-01`) : null}
      style={whole}
      placeholder="选择年月"
      onChange={(next) => onChange?.(next ? next.format('YYYY-MM') : undefined)}
    />
  )
}

interface Person {
  readonly name?: string
  readonly phone?: string
}

/** Name and phone of one person side by side; emptied, it is nobody. */
export function PersonInput({ id, value, onChange }: CustomControl): ReactNode {
  const person: Person = typeof value === 'object' && value !== null ? value : {}
  const set = (part: Person) => {
    const { name = '', phone = '' } = { ...person, ...part }
    onChange?.(name === '' && phone === '' ? undefined : { name, ...(phone === '' ? {} : { phone }) })
  }
  return (
    <Space.Compact style={whole}>
      <Input
        {...idOf(id)}
        value={person.name ?? ''}
        maxLength={30}
        placeholder="姓名"
        onChange={(event) => set({ name: event.target.value })}
      />
      <Input
        value={person.phone ?? ''}
        maxLength={20}
        inputMode="tel"
        placeholder="电话"
        aria-label="电话"
        onChange={(event) => set({ phone: event.target.value })}
      />
    </Space.Compact>
  )
}
