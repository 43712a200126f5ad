import { Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { type Day, isDay } from '#kernel/time.ts'
import { mintId } from '#shell/api/client.ts'
import { useAsk } from '#shell/api/queries.ts'
import { useSettled } from '#shell/browser/use-settled.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import type { CustomControl, FieldSpec, FormValues } from '#shell/form/types.ts'
import { useToday } from '#shell/session/session.tsx'
import {
  type ParameterEntry,
  type ParameterRow,
  type ParameterValue,
  parameterMisfit,
  parameterRules,
  parameterValue,
  previewParameter,
  setParameter,
  withdrawParameter,
} from '../../model/index.ts'
import { MovesView } from './MovesView.tsx'
import { confidenceWords, rangeWords, valueWords } from './parameter-words.ts'

const reason = { kind: 'area', name: 'reason', label: '依据', required: true, max: 300 } as const
const confidence: FieldSpec = {
  kind: 'radio',
  name: 'confidence',
  label: '可信度',
  required: true,
  options: Object.entries(confidenceWords).map(([value, label]) => ({ value, label })),
}

/** What holds on a day as things stand; the change says so, and is refused when somebody else has moved it meanwhile. */
function holdingOn(row: ParameterRow, on: Day): ParameterValue {
  return row.history.filter((entry) => entry.effectiveFrom <= on).at(-1)?.value ?? row.value
}

export function ChangeParameter({ row }: { row: ParameterRow }): ReactNode {
  const today = useToday()
  const [recordId, setRecordId] = useState(mintId)
  const initial = { value: row.value, effectiveFrom: today, confidence: row.confidence }
  const [typed, setTyped] = useState<FormValues>(initial)
  const from = isDay(typed.effectiveFrom) ? typed.effectiveFrom : today
  return (
    <ActionButton
      contract={setParameter}
      recordId={recordId}
      label="修改"
      about={row.id}
      fixed={{ id: row.id, instead: holdingOn(row, from) }}
      initial={initial}
      fields={[
        valueField(row),
        {
          kind: 'day',
          name: 'effectiveFrom',
          label: '生效日',
          required: true,
          min: today,
          help: `这一天现在的值：${valueWords(row, holdingOn(row, from))}。可以填以后的日期，生效前可以撤回`,
        },
        confidence,
        { ...reason, placeholder: '例如：县安委会2026年第2次会议纪要' },
        {
          kind: 'custom',
          name: 'effect',
          label: '影响',
          render: () => <Effect id={row.id} value={typed.value} from={from} />,
        },
      ]}
      doneText="已修改"
      onValues={setTyped}
      onDone={() => setRecordId(mintId())}
    >
      <About row={row} />
    </ActionButton>
  )
}

const About = ({ row }: { row: ParameterRow }): ReactNode => (
  <p style={{ marginTop: 0 }}>
    <strong>{row.title}</strong>
  </p>
)

function valueField(row: ParameterRow): FieldSpec {
  const rule = parameterRules[row.id]
  const label = row.unit && rule?.kind !== 'share' ? `新的值（${row.unit}）` : '新的值'
  const base = { name: 'value', label, required: true, help: rangeWords(row.id) }
  if (typeof row.value === 'boolean') return { ...base, kind: 'switch', required: false }
  if (typeof row.value === 'number') {
    return { ...base, kind: 'number', ...(rule && 'min' in rule ? { min: rule.min, max: rule.max } : {}) }
  }
  if (Array.isArray(row.value)) return { ...base, kind: 'custom', render: (control) => <NumbersInput {...control} /> }
  return rule?.kind === 'monthEnd' ? { ...base, kind: 'day' } : { ...base, kind: 'text' }
}

/** Several numbers in one line, as they are said: 7、3、1. */
function NumbersInput({ id, value, onChange }: CustomControl): ReactNode {
  const [text, setText] = useState(() => (Array.isArray(value) ? value.join('、') : ''))
  return (
    <Input
      {...(id ? { id } : {})}
      value={text}
      inputMode="numeric"
      autoComplete="off"
      onChange={(event) => {
        setText(event.target.value)
        const parts = event.target.value.split(/[、，,;；\s]+/).filter(Boolean)
        onChange?.(parts.map(Number))
      }}
    />
  )
}

function Effect({ id, value, from }: { id: string; value: unknown; from: Day }): ReactNode {
  const settled = useSettled(JSON.stringify(value ?? null), 500)
  const parsed = parameterValue.safeParse(JSON.parse(settled))
  const misfit = parsed.success ? parameterMisfit(id, parsed.data) : '请填写新的值'
  const input = { id, value: parsed.data ?? 0, effectiveFrom: from }
  const answer = useAsk(previewParameter, input, { enabled: !misfit, staleTime: 10_000 })
  if (misfit) return <span>{misfit}</span>
  if (answer.error) return <span role="alert">{answer.error.detail}</span>
  return answer.data ? <MovesView moves={answer.data.moves} /> : <span>正在计算……</span>
}

export function WithdrawChange({ row, entry }: { row: ParameterRow; entry: ParameterEntry }): ReactNode {
  const [recordId, setRecordId] = useState(mintId)
  return (
    <ActionButton
      contract={withdrawParameter}
      recordId={recordId}
      label="撤回"
      about={`${row.id}:${entry.effectiveFrom}`}
      danger
      fixed={{ id: row.id, effectiveFrom: entry.effectiveFrom }}
      fields={[{ ...reason, label: '撤回的原因' }]}
      doneText="已撤回"
      onDone={() => setRecordId(mintId())}
    >
      <About row={row} />
    </ActionButton>
  )
}
