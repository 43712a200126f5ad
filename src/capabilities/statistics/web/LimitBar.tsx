import { Button, DatePicker, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { listAreas, listSectors } from '#capabilities/directory/model/index.ts'
import { channels, levels } from '#capabilities/hazard/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { useToday } from '#shell/session/session.tsx'
import type { Search } from '#shell/table/types.ts'
import type { Question } from './question.ts'

interface LimitBarProps {
  readonly question: Question
  onChange(changes: Search): void
}

const choices = (entries: Readonly<Record<string, string>>) =>
  Object.entries(entries).map(([value, label]) => ({ value, label }))

/** What all numbers below are limited to, and the day they are told for. */
export function LimitBar({ question, onChange }: LimitBarProps): ReactNode {
  const { limits, asOf } = question
  const today = useToday()
  const areas = useAsk(listAreas, { supervisedOnly: true }, { staleTime: 600_000 })
  const sectors = useAsk(listSectors, {}, { staleTime: 600_000 })
  const limited = asOf !== undefined || Object.keys(limits).length > 0
  const none = { area: undefined, sector: undefined, level: undefined, channel: undefined, asOf: undefined }
  return (
    <search className="zb-filters">
      <DatePicker
        value={asOf ? dayjs(asOf) : null}
        placeholder={`截至今天（${today}）`}
        aria-label="截至日期"
        maxDate={dayjs(today)}
        style={{ width: 210 }}
        onChange={(day) => onChange({ asOf: day?.format('YYYY-MM-DD') })}
      />
      <Choice
        label="乡镇（开发区）"
        value={limits.area}
        options={areas.data?.areas.map(({ code, name }) => ({ value: code, label: name })) ?? []}
        onChange={(area) => onChange({ area })}
      />
      <Choice
        label="行业领域"
        value={limits.sector}
        options={sectors.data?.sectors.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        onChange={(sector) => onChange({ sector })}
      />
      <Choice
        label="发现渠道"
        value={limits.channel}
        options={choices(channels)}
        onChange={(channel) => onChange({ channel })}
      />
      <Segmented
        aria-label="隐患等级"
        value={limits.level ?? 'all'}
        options={[{ value: 'all', label: '全部等级' }, ...choices(levels)]}
        onChange={(level) => onChange({ level: level === 'all' ? undefined : level })}
      />
      {limited && (
        <Button type="link" onClick={() => onChange(none)}>
          清除条件
        </Button>
      )}
    </search>
  )
}

/** The limits in words: on paper and in a screenshot the controls are not there to read them from. */
export function useLimitWords({ limits }: Question): string {
  const areas = useAsk(listAreas, { supervisedOnly: true }, { staleTime: 600_000 }).data?.areas
  const sectors = useAsk(listSectors, {}, { staleTime: 600_000 }).data?.sectors
  const words = [
    limits.area && (areas?.find(({ code }) => code === limits.area)?.name ?? limits.area),
    limits.sector && (sectors?.find(({ id }) => id === limits.sector)?.name ?? limits.sector),
    limits.channel && channels[limits.channel],
    limits.level && `${levels[limits.level]}隐患`,
  ]
  return words.filter(Boolean).join('、')
}

interface ChoiceProps {
  readonly label: string
  readonly value: string | undefined
  readonly options: { readonly value: string; readonly label: string }[]
  onChange(value: string | undefined): void
}

function Choice({ label, value, options, onChange }: ChoiceProps): ReactNode {
  return (
    <Select
      value={value}
      options={options}
      placeholder={`全部${label}`}
      aria-label={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      style={{ minWidth: 150 }}
      onChange={onChange}
    />
  )
}
