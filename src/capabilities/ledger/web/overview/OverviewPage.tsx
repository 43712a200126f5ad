import { Button, DatePicker, Input, Segmented, Skeleton, Space } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useMemo, useState } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { useNarrow } from '#shell/layout/narrow.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import { useListSearch } from '#shell/table/list-search.ts'
import { type LedgerOverview, ledgerOverview } from '../../model/index.ts'
import { LedgerCards } from './LedgerCards.tsx'
import { LedgerHeat } from './LedgerHeat.tsx'
import { LedgerTable } from './LedgerTable.tsx'
import type { LedgerLine } from './line.ts'

const late = (line: LedgerLine) => line.missed > 0
const silent = (line: LedgerLine) => line.due === 0 && line.zeros < line.areas.length

/** Which ledgers are looked at: of one group, with something wrong, named so. */
function useChosen(lines: readonly LedgerLine[]) {
  const [search, setSearch] = useListSearch()
  const group = typeof search.group === 'string' ? search.group : '全部'
  const view = search.view === 'heat' ? 'heat' : 'table'
  const asOf = typeof search.asOf === 'string' ? search.asOf : undefined
  const [text, setText] = useState('')
  const groups = useMemo(() => ['全部', ...new Set(lines.map((line) => line.group))], [lines])
  const set = (changes: Readonly<Record<string, string | undefined>>) =>
    setSearch(Object.fromEntries(Object.entries({ ...search, ...changes }).filter(([, value]) => value !== undefined)))
  const chosen = lines.filter(
    (line) =>
      (group === '全部' ||
        line.group === group ||
        (group === '有逾期' && late(line)) ||
        (group === '未登记' && silent(line))) &&
      `${line.title}${line.clauses.join()}${line.population}`.includes(text.trim()),
  )
  return { group, view, asOf, text, setText, groups, set, chosen }
}

/** Every ledger of the plan with how it stands: done of due, what is late, and where nobody has said anything. */
export default function OverviewPage(): ReactNode {
  const [search] = useListSearch()
  const asked = typeof search.asOf === 'string' ? { asOf: search.asOf } : {}
  const answer = useAsk(ledgerOverview, asked, { keepPrevious: true })
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active paragraph={{ rows: 10 }} />
  return <Overview data={answer.data} />
}

function Overview({ data }: { data: LedgerOverview }): ReactNode {
  const today = useToday()
  const narrow = useNarrow()
  const { ledgers, areas } = data
  const chosen = useChosen(ledgers)
  const wide =
    chosen.view === 'heat' ? <LedgerHeat lines={chosen.chosen} areas={areas} /> : <LedgerTable lines={chosen.chosen} />
  return (
    <>
      <PageHeader title="台账" words={<Summary lines={ledgers} asOf={data.asOf} today={today} />} printable />
      <Space wrap style={{ marginBottom: 12 }} className="zb-no-print">
        <Input.Search
          placeholder="台账名称、条款、对象"
          aria-label="台账名称、条款、对象"
          allowClear
          style={{ width: 220 }}
          value={chosen.text}
          onChange={(event) => chosen.setText(event.target.value)}
        />
        <DatePicker
          aria-label="截至日期"
          placeholder="截至今天"
          value={chosen.asOf ? dayjs(chosen.asOf) : null}
          maxDate={dayjs(today)}
          onChange={(day) => chosen.set({ asOf: day?.format('YYYY-MM-DD') })}
        />
        {!narrow && (
          <Segmented
            aria-label="显示方式"
            value={chosen.view}
            options={[
              { value: 'table', label: '一览' },
              { value: 'heat', label: '按乡镇' },
            ]}
            onChange={(view) => chosen.set({ view: view === 'heat' ? 'heat' : undefined })}
          />
        )}
      </Space>
      <Groups
        names={[...chosen.groups, '有逾期', '未登记']}
        value={chosen.group}
        onChange={(group) => chosen.set({ group: group === '全部' ? undefined : group })}
      />
      {chosen.chosen.length === 0 ? (
        <Nothing lines={ledgers} onAll={() => chosen.set({ group: undefined })} />
      ) : narrow ? (
        <LedgerCards lines={chosen.chosen} />
      ) : (
        wide
      )}
    </>
  )
}

function Groups(props: { names: readonly string[]; value: string; onChange(name: string): void }): ReactNode {
  return (
    <nav
      aria-label="分组"
      className="zb-no-print"
      style={{ display: 'flex', flexWrap: 'wrap', gap: 6, marginBottom: 12 }}
    >
      {props.names.map((name) => (
        <Button
          key={name}
          size="small"
          type={name === props.value ? 'primary' : 'default'}
          aria-pressed={name === props.value}
          onClick={() => props.onChange(name)}
        >
          {name}
        </Button>
      ))}
    </nav>
  )
}

function Summary({ lines, asOf, today }: { lines: readonly LedgerLine[]; asOf: string; today: string }): ReactNode {
  const sum = (of: (line: LedgerLine) => number) => lines.reduce((total, line) => total + of(line), 0)
  return (
    <div className="zb-line">
      <span>{asOf === today ? '截至今天' : `截至 ${asOf}`}</span>
      <span>{lines.length} 本台账</span>
      <span>
        应办 {sum((line) => line.due)}，办结 {sum((line) => line.met + line.late)}
      </span>
      <strong>逾期未完成 {sum((line) => line.missed)}</strong>
    </div>
  )
}

function Nothing({ lines, onAll }: { lines: readonly LedgerLine[]; onAll(): void }): ReactNode {
  if (lines.length === 0)
    return <EmptyState why="本县方案的数据包没有台账" next="在数据包的 ledgers 文件夹中每本台账写一个文件" />
  return <EmptyState why="没有符合条件的台账" action={<Button onClick={onAll}>看全部台账</Button>} />
}
