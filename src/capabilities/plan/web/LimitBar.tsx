import { Button, DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { listAreas, listBodies } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { useToday } from '#shell/session/session.tsx'
import type { Search } from '#shell/table/types.ts'
import { deadlineChoices, type WallLimits } from '../model/index.ts'

interface LimitBarProps {
  readonly limits: WallLimits
  readonly stages: readonly { readonly id: string; readonly name: string }[]
  /** The evaluation tells of all deadlines at once. */
  readonly allDeadlines?: boolean
  onChange(changes: Search): void
}

const none = {
  asOf: undefined,
  area: undefined,
  body: undefined,
  stage: undefined,
  deadline: undefined,
  state: undefined,
}

/** What the wall is narrowed to, and the day it is told for. */
export function LimitBar({ limits, stages, allDeadlines, onChange }: LimitBarProps): ReactNode {
  const today = useToday()
  const areas = useAsk(listAreas, { supervisedOnly: true }, { staleTime: 600_000 })
  const bodies = useAsk(listBodies, {}, { staleTime: 600_000 })
  return (
    <search className="zb-filters">
      <DatePicker
        value={limits.asOf ? dayjs(limits.asOf) : null}
        placeholder={`截至今天（${today}）`}
        aria-label="截至日期"
        maxDate={dayjs(today)}
        style={{ width: 210 }}
        onChange={(day) => onChange({ asOf: day?.format('YYYY-MM-DD') })}
      />
      <Choice
        label="责任机构"
        value={limits.body}
        options={bodies.data?.bodies.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        onChange={(body) => onChange({ body })}
      />
      <Choice
        label="乡镇（开发区）"
        value={limits.area}
        options={areas.data?.areas.map(({ code, name }) => ({ value: code, label: name })) ?? []}
        onChange={(area) => onChange({ area })}
      />
      {stages.length > 0 && (
        <Choice
          label="阶段"
          value={limits.stage}
          options={stages.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(stage) => onChange({ stage })}
        />
      )}
      {!allDeadlines && (
        <Choice
          label="期限"
          value={limits.deadline}
          options={Object.entries(deadlineChoices).map(([value, label]) => ({ value, label }))}
          onChange={(deadline) => onChange({ deadline })}
        />
      )}
      {Object.keys(limits).length > 0 && (
        <Button type="link" onClick={() => onChange(none)}>
          清除条件
        </Button>
      )}
    </search>
  )
}

/** The limits in words, for paper and screenshots. */
export function useLimitWords(limits: WallLimits, stages: LimitBarProps['stages']): string {
  const areas = useAsk(listAreas, { supervisedOnly: true }, { staleTime: 600_000 }).data?.areas
  const bodies = useAsk(listBodies, {}, { staleTime: 600_000 }).data?.bodies
  const words = [
    limits.body && (bodies?.find(({ id }) => id === limits.body)?.name ?? limits.body),
    limits.area && (areas?.find(({ code }) => code === limits.area)?.name ?? limits.area),
    limits.stage && (stages.find(({ id }) => id === limits.stage)?.name ?? limits.stage),
    limits.deadline && deadlineChoices[limits.deadline],
  ]
  return words.filter(Boolean).join('、')
}

interface ChoiceProps {
  readonly label: string
  readonly value: string | undefined
  readonly options: { readonly value: string; readonly label: string }[]
  onChange(value: string | undefined): void
}

export function Choice({ label, value, options, onChange }: ChoiceProps): ReactNode {
  return (
    <Select
      value={value}
      options={options}
      placeholder={`全部${label}`}
      aria-label={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      style={{ minWidth: 130 }}
      onChange={onChange}
    />
  )
}
