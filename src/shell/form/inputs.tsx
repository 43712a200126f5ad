import { Button, DatePicker, Input, InputNumber, Radio, Typography } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useState } from 'react'
import { UnpublishedHint } from '../session/unpublished.tsx'
import type { CustomControl, FieldOption } from './types.ts'
import { asPosition, positionWords, usePosition } from './use-position.ts'

interface AreaInputProps {
  readonly id?: string
  readonly value?: string
  onChange?(value: string): void
  readonly placeholder?: string
  readonly rows: number
  readonly max: number | undefined
  readonly phrases: readonly string[] | undefined
}

/** Several lines of text; below them what is written here most often, until something is written. */
export function AreaInput({ max, phrases = [], onChange, value = '', ...rest }: AreaInputProps): ReactNode {
  return (
    <>
      <Input.TextArea
        {...rest}
        value={value}
        onChange={(event) => onChange?.(event.target.value)}
        {...(max ? { count: { max, show: true } } : {})}
      />
      {phrases.length > 0 && value === '' && (
        <div className="zb-phrases">
          {phrases.map((phrase) => (
            <Button key={phrase} size="small" onClick={() => onChange?.(phrase)}>
              {phrase}
            </Button>
          ))}
        </div>
      )}
    </>
  )
}

interface DayInputProps {
  readonly id?: string
  readonly value?: string | null
  onChange?(value: string | undefined): void
  readonly min?: string | undefined
  readonly max?: string | undefined
  readonly placeholder?: string | undefined
}

/** As a day is shown, and the other ways people write one. */
const dayFormats = ['YYYY-MM-DD', 'YYYY-M-D', 'YYYY/M/D', 'YYYY.M.D', 'YYYY年M月D日', 'YYYYMMDD']
const isDay = (text: string) => dayFormats.some((format) => dayjs(text, format, true).isValid())

/**
 * A legal day as YYYY-MM-DD. The text is what counts: a Date would shift on a PC set to another zone. Days out of bounds
 * are dimmed and can be typed all the same: the picker would drop them without a word, the form says what is wrong.
 */
export function DayInput({ id, value, onChange, min, max, placeholder }: DayInputProps): ReactNode {
  const [refused, setRefused] = useState('')
  const isOut = (day: string) => (min !== undefined && day < min) || (max !== undefined && day > max)
  return (
    <>
      <DatePicker
        {...(id ? { id } : {})}
        value={value ? dayjs(value) : null}
        format={dayFormats}
        placeholder={placeholder ?? '选择日期，或输入如 2024-07-01'}
        style={{ width: '100%' }}
        cellRender={(day, { type, originNode }) =>
          type === 'date' && dayjs.isDayjs(day) && isOut(day.format('YYYY-MM-DD')) ? (
            <div style={{ opacity: 0.4 }}>{originNode}</div>
          ) : (
            originNode
          )
        }
        onBlur={({ target }) => {
          const text = 'value' in target ? String(target.value).trim() : ''
          setRefused(text === '' || isDay(text) ? '' : text)
        }}
        onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : undefined)}
      />
      {refused && (
        <Typography.Text type="danger" role="alert">
          “{refused}”不是日期，没有采用，请选择或输入如 2024-07-01
        </Typography.Text>
      )}
      <UnpublishedHint day={value} />
    </>
  )
}

interface MoneyInputProps {
  readonly id?: string
  readonly value?: number | null
  onChange?(value: number | null): void
}

/** Typed in 万元 as offices count, held in 元 as the server counts. */
export function MoneyInput({ id, value, onChange }: MoneyInputProps): ReactNode {
  return (
    <InputNumber<number>
      {...(id ? { id } : {})}
      value={value === null || value === undefined ? null : value / 10_000}
      min={0}
      precision={6}
      // Trailing zeros of the fixed precision would hide the amount.
      formatter={(shown) =>
        shown === undefined
          ? ''
          : String(shown)
              .replace(/(\.\d*?)0+$/, '$1')
              .replace(/\.$/, '')
      }
      suffix="万元"
      style={{ width: '100%' }}
      onChange={(wan) => onChange?.(wan === null ? null : Math.round(wan * 1e6) / 100)}
    />
  )
}

interface RadioInputProps {
  readonly id?: string
  readonly value?: unknown
  onChange?(value: unknown): void
  readonly options: readonly FieldOption[]
}

/** A few choices that are all visible at once. */
export function RadioInput({ id, value, onChange, options }: RadioInputProps): ReactNode {
  return (
    <Radio.Group {...(id ? { id } : {})} value={value} onChange={(event) => onChange?.(event.target.value)}>
      {options.map((option) => (
        <Radio key={String(option.value)} value={option.value}>
          {option.label}
          {option.help && <div style={{ fontSize: 12 }}>{option.help}</div>}
        </Radio>
      ))}
    </Radio.Group>
  )
}

/** Where this device is. */
export function PositionInput({ id, value, onChange }: CustomControl): ReactNode {
  const { busy, problem, locate } = usePosition((found) => onChange?.(found))
  const at = asPosition(value)
  return (
    <>
      <Button {...(id ? { id } : {})} loading={busy} onClick={locate}>
        {at ? '重新定位' : '取当前位置'}
      </Button>{' '}
      {at && positionWords(at)}
      {problem && <Typography.Text type="secondary">{problem}</Typography.Text>}
    </>
  )
}
