import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import type { CustomControl, FieldSpec } from '#shell/form/types.ts'

interface DaysPickerProps extends CustomControl {
  readonly min: string
  readonly max: string
}

function DaysPicker({ id, value, onChange, min, max }: DaysPickerProps): ReactNode {
  const days = Array.isArray(value) ? value.map(String) : []
  return (
    <DatePicker
      {...(id ? { id } : {})}
      multiple
      style={{ width: '100%' }}
      value={days.map((day) => dayjs(day))}
      minDate={dayjs(min)}
      maxDate={dayjs(max)}
      onChange={(picked) => onChange?.([picked ?? []].flat().map((day) => day.format('YYYY-MM-DD')))}
    />
  )
}

/** Several days in one field, such as the two of a 督导. */
export const daysField = (label: string, min: string, max: string): FieldSpec => ({
  kind: 'custom',
  name: 'days',
  label,
  required: true,
  render: (control) => <DaysPicker {...control} min={min} max={max} />,
  words: (value) => (Array.isArray(value) ? value.join('、') : String(value)),
})
