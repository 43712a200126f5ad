import { Alert, Button, Select, Space } from 'antd'
import { type ReactNode, useState } from 'react'
import { levels } from '#capabilities/hazard/model/index.ts'
import { useToday } from '#shell/session/session.tsx'
import { assumedTitles, dateFields, type ImportView, ledgerFields, yearsAround } from '../model/index.ts'
import { useMapping } from './use-mapping.ts'

/** What the ledger leaves unsaid for all its rows is asked once; each row can still be answered by itself. */
export function SheetQuestions({ view }: { view: ImportView }): ReactNode {
  const { change, busy } = useMapping(view)
  const [years, setYears] = useState(view.years)
  const [assumed, setAssumed] = useState(view.assumed)
  const now = yearsAround(useToday())
  const asked = view.asked.filter((field) => field !== 'level' && field !== 'funds')
  const askLevel = view.asked.includes('level') || view.assumed.level !== undefined
  const askUnit = view.asked.includes('funds') || view.assumed.fundsUnit !== undefined
  const dates = dateFields.filter((field) => asked.includes(field) || view.years[field] !== undefined)
  if (view.state === 'running' || (!askLevel && !askUnit && dates.length === 0)) return null
  return (
    <Alert
      type="info"
      style={{ marginBottom: 12 }}
      title="台账没有写明的，整张表都一样的可在这里一次确认；不一样的，请逐行更正"
      description={
        <Space wrap>
          {askLevel && (
            <Ask
              title={assumedTitles.level}
              value={assumed.level}
              options={levelOptions}
              onChange={(level) => setAssumed((all) => ({ ...all, level }))}
            />
          )}
          {askUnit && (
            <Ask
              title={assumedTitles.fundsUnit}
              value={assumed.fundsUnit}
              options={unitOptions}
              onChange={(fundsUnit) => setAssumed((all) => ({ ...all, fundsUnit }))}
            />
          )}
          {dates.map((field) => (
            <Ask
              key={field}
              title={`${ledgerFields[field].title}的年份`}
              value={years[field]}
              options={now.map((year) => ({ value: year, label: `${ledgerFields[field].title}：${year}年` }))}
              onChange={(year) => setYears((all) => ({ ...all, [field]: year }))}
            />
          ))}
          <Button type="primary" loading={busy} onClick={() => void change({ years, assumed })}>
            确认
          </Button>
        </Space>
      }
    />
  )
}

const levelOptions = (['major', 'general'] as const).map((level) => ({
  value: level,
  label: `全部是${levels[level]}隐患`,
}))
const unitOptions = (['元', '万元'] as const).map((unit) => ({
  value: unit,
  label: `${ledgerFields.funds.title}：${unit}`,
}))

interface AskProps<T> {
  readonly title: string
  readonly value: T | undefined
  readonly options: readonly { readonly value: T; readonly label: string }[]
  onChange(value: T | undefined): void
}

function Ask<T extends string | number>({ title, value, options, onChange }: AskProps<T>): ReactNode {
  return (
    <Select<T>
      aria-label={title}
      placeholder={title}
      {...(value === undefined ? {} : { value })}
      allowClear
      style={{ width: 190 }}
      options={[...options]}
      onChange={(next) => onChange(next)}
    />
  )
}
