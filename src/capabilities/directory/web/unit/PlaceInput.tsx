import { AimOutlined } from '@ant-design/icons'
import { Button, InputNumber, Select, Space, Typography } from 'antd'
import type { ClipboardEvent, ReactNode } from 'react'
import type { CustomControl } from '#shell/form/types.ts'
import { asPosition, usePosition } from '#shell/form/use-position.ts'
import { useNarrow } from '#shell/layout/narrow.ts'
import { type Datum, datums } from '../../model/index.ts'

interface Draft {
  readonly lng?: number | null
  readonly lat?: number | null
  readonly datum?: Datum
}

const asDraft = (value: unknown): Draft => (typeof value === 'object' && value !== null ? value : {})
const datumOptions = Object.entries(datums).map(([value, label]) => ({
  value: value as Datum,
  label,
  name: label.slice(0, 6),
}))

/** Two numbers as map sites put them on the clipboard: 117.8601,30.6392. */
function pasted(text: string): { lng: number; lat: number } | undefined {
  const [first, second, ...more] = text.match(/\d+\.\d+/g) ?? []
  return first && second && more.length === 0 ? { lng: Number(first), lat: Number(second) } : undefined
}

/** Where a unit is: typed, pasted from a map site, or taken by the phone of whoever stands there. */
export function PlaceInput({ id, value, onChange }: CustomControl): ReactNode {
  const draft = asDraft(value)
  const { lng, lat, datum = 'wgs84' } = draft
  const change = (more: Draft) => {
    const next = { ...draft, ...more }
    const empty = (next.lng ?? null) === null && (next.lat ?? null) === null
    onChange?.(empty ? null : { lng: next.lng, lat: next.lat, datum: next.datum ?? 'wgs84' })
  }
  const paste = (event: ClipboardEvent) => {
    const found = pasted(event.clipboardData.getData('text'))
    if (!found) return
    event.preventDefault()
    change(found)
  }
  return (
    <div onPaste={paste}>
      <Space wrap size={8}>
        <Degrees {...(id ? { id } : {})} label="经度" value={lng} onChange={(degrees) => change({ lng: degrees })} />
        <Degrees label="纬度" value={lat} onChange={(degrees) => change({ lat: degrees })} />
        <Select
          aria-label="坐标系"
          value={datum}
          options={datumOptions}
          optionLabelProp="name"
          popupMatchSelectWidth={false}
          style={{ width: 110 }}
          onChange={(chosen) => change({ datum: chosen })}
        />
      </Space>
      <Here known={asPosition(value) !== undefined} onFound={(found) => change({ ...found, datum: 'wgs84' })} />
    </div>
  )
}

interface DegreesProps {
  readonly id?: string
  readonly label: string
  readonly value: number | null | undefined
  onChange(value: number | null): void
}

function Degrees({ id, label, value, onChange }: DegreesProps): ReactNode {
  return (
    <InputNumber<number>
      {...(id ? { id } : {})}
      aria-label={label}
      prefix={label}
      controls={false}
      inputMode="decimal"
      precision={6}
      // Trailing zeros of the fixed precision would look like a precision that nobody measured.
      formatter={(shown) =>
        shown === undefined
          ? ''
          : String(shown)
              .replace(/(\.\d*?)0+$/, '$1')
              .replace(/\.$/, '')
      }
      value={value ?? null}
      style={{ width: 160 }}
      onChange={onChange}
    />
  )
}

/** An office PC knows only its network's place, which may be another town: the button is for what one carries along. */
function Here(props: { known: boolean; onFound(position: { lng: number; lat: number }): void }): ReactNode {
  const narrow = useNarrow()
  const { busy, problem, locate } = usePosition(props.onFound)
  if (!narrow && !window.matchMedia('(pointer: coarse)').matches) return null
  return (
    <div style={{ marginTop: 8 }}>
      <Button icon={<AimOutlined />} loading={busy} onClick={locate}>
        {props.known ? '重新取当前位置' : '取当前位置'}
      </Button>{' '}
      {problem && <Typography.Text type="secondary">{problem}</Typography.Text>}
    </div>
  )
}
