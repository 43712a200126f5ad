import { Link, useParams } from '@tanstack/react-router'
import { Card, DatePicker, Descriptions, Skeleton, Space, Table } from 'antd'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import { useListSearch } from '#shell/table/list-search.ts'
import { type Counts, type Ledger, type LedgerStatistics, ledgerStatistics } from '../../model/index.ts'
import { type LedgerView, useLedger } from '../options.ts'
import { CountLink, counted, DoneBar, doneOf, percentOf } from './bars.tsx'
import { FreezeButton, ZeroCell } from './words.tsx'

const gap = { marginBottom: 12 }

/** One ledger in numbers: by town and by department, as of any day, with the stock apart and the empty towns confirmed. */
export default function NumbersPage(): ReactNode {
  const { ledger: id = '' } = useParams({ strict: false }) as { ledger?: string }
  const [search, setSearch] = useListSearch()
  const asOf = typeof search.asOf === 'string' ? search.asOf : undefined
  const today = useToday()
  const definition = useLedger(id)
  const answer = useAsk(ledgerStatistics, { ledger: id, ...(asOf ? { asOf } : {}) }, { keepPrevious: true })
  const error = definition.error ?? answer.error
  if (error)
    return <ErrorView error={error} onRetry={() => void Promise.all([definition.refetch(), answer.refetch()])} />
  if (!definition.data || !answer.data) return <Skeleton active />
  const view = definition.data
  return (
    <>
      <PageHeader
        title={`统计：${view.ledger.title}`}
        words={
          <>
            <Link to={`/ledgers/${id}` as string}>返回台账</Link>，对象：{view.ledger.population.words}
          </>
        }
        actions={
          <Space wrap>
            <DatePicker
              aria-label="截至日期"
              placeholder="截至今天"
              value={asOf ? dayjs(asOf) : null}
              maxDate={dayjs(today)}
              onChange={(day) => setSearch(day ? { asOf: day.format('YYYY-MM-DD') } : {})}
            />
            {view.mayFreeze && <FreezeButton view={view} />}
          </Space>
        }
        printable
      />
      <Totals view={view} data={answer.data} />
      <Areas view={view} data={answer.data} past={asOf !== undefined && asOf < today} />
      <Bodies ledger={view.ledger} data={answer.data} />
    </>
  )
}

const words = (counts: Counts) =>
  `应办 ${counts.due}，按期完成 ${counts.met}，逾期完成 ${counts.late}，未到期 ${counts.open}，逾期未完成 ${counts.missed}`

function Totals({ view, data }: { view: LedgerView; data: LedgerStatistics }): ReactNode {
  const { total, stock, additions, states, indicators } = data
  const facts = [
    { key: 'total', label: '合计', children: `${percentOf(total)}（${words(total)}）` },
    ...(stock
      ? [{ key: 'stock', label: `存量（${view.stockOn} 前列入）`, children: `${percentOf(stock)}（${words(stock)}）` }]
      : []),
    ...(additions
      ? [{ key: 'added', label: '以后新增', children: `${percentOf(additions)}（${words(additions)}）` }]
      : []),
    { key: 'states', label: '各状态', children: states.map(({ label, n }) => `${label} ${n}`).join('，') },
    ...indicators.map(({ id, title, words: value }) => ({ key: id, label: title, children: value })),
    ...(view.frozen
      ? [{ key: 'frozen', label: '冻结依据', children: `${view.frozen.reason}（${view.frozen.by}）` }]
      : []),
  ]
  return (
    <Card size="small" style={gap}>
      <DoneBar counts={total} />
      <Descriptions size="small" column={1} items={facts} style={{ marginTop: 12 }} />
    </Card>
  )
}

type Row = Counts & {
  readonly key: string
  readonly name: string
  readonly filter: Record<string, unknown>
  readonly more?: ReactNode
}

function CountTable(props: {
  ledger: Ledger
  title: string
  head: string
  rows: readonly Row[]
  more?: string
}): ReactNode {
  const { ledger, title, head, rows, more } = props
  const column = (key: string, label: string, of: (row: Row) => number, filter: object, bold = false) => ({
    key,
    title: label,
    width: 90,
    align: 'right' as const,
    render: (_: unknown, row: Row) => (
      <CountLink
        ledger={ledger.id}
        n={of(row)}
        filter={{ ...row.filter, ...filter }}
        label={`${row.name}${label}`}
        bold={bold}
      />
    ),
  })
  return (
    <Card size="small" title={title} style={gap}>
      <Table<Row>
        aria-label={title}
        size="small"
        rowKey="key"
        dataSource={rows}
        pagination={false}
        scroll={{ x: more ? 960 : 600 }}
        locale={{ emptyText: '没有事项' }}
        columns={[
          { key: 'name', title: head, dataIndex: 'name', width: 150 },
          column('due', '应办', (row) => row.due, counted),
          column('done', '办结', doneOf, { stateTypes: ['closed'] }),
          { key: 'share', title: '完成率', width: 90, align: 'right', render: (_, row) => percentOf(row) },
          column('open', '未到期', (row) => row.open, { late: 'open' }),
          column('missed', '逾期', (row) => row.missed, { late: 'missed' }, true),
          ...(more ? [{ key: 'more', title: more, render: (_: unknown, row: Row) => row.more }] : []),
        ]}
      />
    </Card>
  )
}

function Areas({ view, data, past }: { view: LedgerView; data: LedgerStatistics; past: boolean }): ReactNode {
  const rows = data.areas.map(
    (row): Row => ({
      ...row,
      key: row.area,
      filter: { area: row.area },
      more: <ZeroCell view={view} row={row} past={past} />,
    }),
  )
  return <CountTable ledger={view.ledger} title="按乡镇（开发区）" head="乡镇" rows={rows} more="零确认" />
}

function Bodies({ ledger, data }: { ledger: Ledger; data: LedgerStatistics }): ReactNode {
  if (data.bodies.length === 0) return null
  const rows = data.bodies.map((row): Row => ({ ...row, key: row.body, filter: { body: row.body } }))
  return <CountTable ledger={ledger} title="按责任部门" head="责任部门" rows={rows} />
}
