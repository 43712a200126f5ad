import { type ChangeEvent, type ReactNode, useState } from 'react'
import type { AttachmentInput } from '#kernel/attachment.ts'
import type { FieldOption, FieldSpec } from '../form/types.ts'
import { asPosition, positionWords, usePosition } from '../form/use-position.ts'
import { UnpublishedHint } from '../session/unpublished.tsx'
import { AttachmentField } from './AttachmentField.tsx'
import { Icon } from './icons.tsx'

interface ControlProps<F> {
  readonly field: F
  readonly id: string
  readonly value: unknown
  readonly wrong: boolean
  onChange(value: unknown): void
  onPending(count: number): void
}

type Simple = Exclude<FieldSpec, { kind: 'list' }>

/** The control a field is typed in: the phone's own pickers and keyboards wherever it has them. */
export function Control({ field, id, value, wrong, onChange, onPending }: ControlProps<Simple>): ReactNode {
  const hint = field.placeholder ? { placeholder: field.placeholder } : {}
  const common = { id, ...hint, ...(wrong ? { 'aria-invalid': true, 'aria-describedby': `${id}-error` } : {}) }
  const text = typeof value === 'string' ? value : ''
  const typed = { ...common, value: text, onChange: fromTyping(onChange) }
  switch (field.kind) {
    case 'text':
      return <input {...typed} autoComplete="off" />
    case 'area':
      return (
        <>
          <textarea {...typed} rows={field.rows ?? 3} />
          {text === '' && <Phrases phrases={field.phrases} onPick={onChange} />}
        </>
      )
    case 'number':
      return <NumberInput common={common} value={value} unit={field.unit} onChange={onChange} />
    case 'money':
      return <NumberInput common={common} value={value} unit="万元" factor={10_000} onChange={onChange} />
    case 'day':
      return <DayInput common={common} value={text} min={field.min} max={field.max} onChange={onChange} />
    case 'select':
      return <SelectInput common={common} value={value} options={field.options} onChange={onChange} />
    case 'radio':
      return <RadioInput id={id} value={value} options={field.options} onChange={onChange} />
    case 'multi':
      return <MultiInput value={value} options={field.options} onChange={onChange} />
    case 'words':
      return <WordsInput common={common} value={value} onChange={onChange} />
    case 'switch':
      return <input {...common} type="checkbox" checked={value === true} onChange={(e) => onChange(e.target.checked)} />
    case 'position':
      return <PositionInput value={value} onChange={onChange} />
    case 'attachments':
      return (
        <AttachmentField
          value={Array.isArray(value) ? (value as AttachmentInput[]) : []}
          onChange={onChange}
          onPending={onPending}
          purposes={field.purposes}
          {...(field.max ? { maxFiles: field.max } : {})}
        />
      )
    case 'custom':
      return <Custom field={field} id={id} value={value} onChange={onChange} />
  }
}

/** What is written here most often, until something is written. */
function Phrases({ phrases = [], onPick }: { phrases: readonly string[] | undefined; onPick(phrase: string): void }) {
  if (phrases.length === 0) return null
  return (
    <div className="p-choices p-column">
      {phrases.map((phrase) => (
        <button key={phrase} type="button" className="p-button" onClick={() => onPick(phrase)}>
          {phrase}
        </button>
      ))}
    </div>
  )
}

const fromTyping =
  (onChange: (value: string) => void) => (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
    onChange(event.target.value)

function Custom(props: {
  field: Extract<FieldSpec, { kind: 'custom' }>
  id: string
  value: unknown
  onChange(v: unknown): void
}) {
  const { field, ...control } = props
  return field.render(control)
}

type Common = Readonly<Record<string, unknown>> & { readonly id: string }

interface NumberProps {
  readonly common: Common
  readonly value: unknown
  readonly unit: string | undefined
  /** How much one typed unit is in what is held. */
  readonly factor?: number
  onChange(value: unknown): void
}

/** The text is kept beside the number, so that “0.” can be typed on the way to 0.5. */
function NumberInput({ common, value, unit, factor = 1, onChange }: NumberProps): ReactNode {
  const asText = (held: unknown) => (typeof held === 'number' ? String(Math.round((held / factor) * 1e6) / 1e6) : '')
  const [text, setText] = useState(asText(value))
  const asNumber = (typed: string) => (typed.trim() === '' ? undefined : Math.round(Number(typed) * factor * 100) / 100)
  const shown = asNumber(text) === value || Number.isNaN(value) ? text : asText(value)
  return (
    <div className="p-unit">
      <input
        {...common}
        inputMode="decimal"
        autoComplete="off"
        value={shown}
        onChange={(event) => {
          // Full-width digits come from Chinese keyboards.
          const typed = event.target.value.normalize('NFKC').replace(/[^0-9.-]/g, '')
          setText(typed)
          onChange(asNumber(typed))
        }}
      />
      {unit && <span>{unit}</span>}
    </div>
  )
}

interface DayProps {
  readonly common: Common
  readonly value: string
  readonly min: string | undefined
  readonly max: string | undefined
  onChange(value: unknown): void
}

function DayInput({ common, value, min, max, onChange }: DayProps): ReactNode {
  return (
    <>
      <input
        {...common}
        type="date"
        value={value}
        {...(min ? { min } : {})}
        {...(max ? { max } : {})}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      />
      <UnpublishedHint day={value} />
    </>
  )
}

interface ChoiceProps {
  readonly value: unknown
  readonly options: readonly FieldOption[]
  onChange(value: unknown): void
}

function SelectInput({ common, value, options, onChange }: ChoiceProps & { common: Common }): ReactNode {
  return (
    <select
      {...common}
      value={value === undefined || value === null ? '' : String(value)}
      onChange={(event) => onChange(options.find((option) => String(option.value) === event.target.value)?.value)}
    >
      <option value="">请选择</option>
      {options.map((option) => (
        <option key={String(option.value)} value={String(option.value)}>
          {option.label}
        </option>
      ))}
    </select>
  )
}

function RadioInput({ id, value, options, onChange }: ChoiceProps & { id: string }): ReactNode {
  return (
    <div className="p-choices">
      {options.map((option) => (
        <label key={String(option.value)} className="p-choice">
          <input type="radio" name={id} checked={value === option.value} onChange={() => onChange(option.value)} />
          <span>
            {option.label}
            {option.help && <small>{option.help}</small>}
          </span>
        </label>
      ))}
    </div>
  )
}

function MultiInput({ value, options, onChange }: ChoiceProps): ReactNode {
  const chosen: readonly unknown[] = Array.isArray(value) ? value : []
  const toggle = (one: unknown, on: boolean) =>
    onChange(on ? [...chosen, one] : chosen.filter((other) => other !== one))
  return (
    <div className="p-choices p-column">
      {options.map((option) => (
        <label key={String(option.value)} className="p-choice">
          <input
            type="checkbox"
            checked={chosen.includes(option.value)}
            onChange={(event) => toggle(option.value, event.target.checked)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  )
}

interface WordsProps {
  readonly common: Common
  readonly value: unknown
  onChange(value: unknown): void
}

/** Several names in one line, parted as people part them. */
function WordsInput({ common, value, onChange }: WordsProps): ReactNode {
  const [text, setText] = useState(Array.isArray(value) ? value.join('、') : '')
  return (
    <input
      {...common}
      placeholder="多人用顿号或空格隔开"
      value={text}
      autoComplete="off"
      onChange={(event) => {
        setText(event.target.value)
        onChange(event.target.value.split(/[、，,;；\s]+/).filter((word) => word !== ''))
      }}
    />
  )
}

function PositionInput({ value, onChange }: { value: unknown; onChange(value: unknown): void }): ReactNode {
  const { busy, problem, locate } = usePosition(onChange)
  const at = asPosition(value)
  return (
    <>
      <button type="button" className="p-button" disabled={busy} onClick={locate}>
        <Icon name="place" size={18} /> {busy ? '正在定位…' : at ? '重新定位' : '取当前位置'}
      </button>
      {at && <div>{positionWords(at)}</div>}
      {problem && <div className="p-hint">{problem}</div>}
    </>
  )
}
