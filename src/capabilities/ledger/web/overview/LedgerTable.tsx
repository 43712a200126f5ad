import { Link } from '@tanstack/react-router'
import { Table, type TableProps } from 'antd'
import type { ReactNode } from 'react'
import { none } from '#shell/text/format.ts'
import { CountLink, counted, DoneBar, doneOf, percentOf } from '../numbers/bars.tsx'
import type { LedgerLine } from './line.ts'

const filters = { done: { stateTypes: ['closed'] }, missed: { late: 'missed' } } as const

const columns: TableProps<LedgerLine>['columns'] = [
  {
    key: 'title',
    title: '台账',
    render: (_, line) => (
      <>
        <Link to={`/ledgers/${line.id}` as string} style={{ fontWeight: 600 }}>
          {line.title}
        </Link>
        <div className="zb-line">
          {line.population}
          <span>{line.clauses.join('、')}</span>
        </div>
      </>
    ),
  },
  { key: 'group', title: '分组', dataIndex: 'group', width: 110 },
  { key: 'body', title: '责任部门', width: 150, render: (_, line) => line.bodyName ?? '按责任分工' },
  {
    key: 'due',
    title: '应办',
    width: 70,
    align: 'right',
    render: (_, line) => <CountLink ledger={line.id} n={line.due} filter={counted} label={`${line.title}应办`} />,
  },
  {
    key: 'done',
    title: '办结',
    width: 70,
    align: 'right',
    render: (_, line) => (
      <CountLink ledger={line.id} n={doneOf(line)} filter={filters.done} label={`${line.title}办结`} />
    ),
  },
  {
    key: 'share',
    title: '完成率',
    width: 150,
    render: (_, line) => (
      <>
        {percentOf(line)}
        <DoneBar counts={line} />
      </>
    ),
  },
  {
    key: 'missed',
    title: '逾期',
    width: 70,
    align: 'right',
    render: (_, line) => (
      <CountLink ledger={line.id} n={line.missed} filter={filters.missed} label={`${line.title}逾期未完成`} bold />
    ),
  },
  { key: 'next', title: '期限', width: 120, render: (_, line) => line.dueOn ?? line.nextDue ?? none },
  { key: 'zero', title: '零确认', width: 90, render: (_, line) => <Zeros line={line} /> },
]

/** The ledgers below each other, each number a way into its records. */
export function LedgerTable({ lines }: { lines: readonly LedgerLine[] }): ReactNode {
  return (
    <Table<LedgerLine>
      aria-label="台账一览"
      size="middle"
      rowKey="id"
      dataSource={lines}
      pagination={false}
      scroll={{ x: 1060 }}
      columns={columns}
    />
  )
}

/** How many of the areas without items have somebody's word that there are none. */
export function Zeros({ line }: { line: LedgerLine }): ReactNode {
  const empty = line.areas.filter(({ due }) => due === 0).length
  if (empty === 0) return none
  return (
    <Link
      to={`/ledgers/${line.id}/numbers` as string}
      aria-label={`${empty} 个乡镇没有事项，其中 ${line.zeros} 个已确认为零`}
    >
      {line.zeros}/{empty}
    </Link>
  )
}
