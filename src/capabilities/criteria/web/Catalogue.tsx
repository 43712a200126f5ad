import { Link } from '@tanstack/react-router'
import { Skeleton, Table, type TableColumnsType } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import type { Day } from '#kernel/time.ts'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { useNarrow } from '#shell/layout/narrow.ts'
import { listStandards, type StandardView } from '../model/index.ts'
import { ForceTag, forceDays, sectorWords, UnverifiedTag } from './marks.tsx'

interface CatalogueProps {
  /** With a day asked for, what did not hold on it is left out; otherwise it stays, marked. */
  readonly input: z.input<typeof listStandards.input>
  readonly today: Day
  readonly names: ReadonlyMap<string, string>
}

/** All standards: those in force first, then by the day they came into force, the newest first. */
export function Catalogue({ input, today, names }: CatalogueProps): ReactNode {
  const { on = today } = input
  const answer = useAsk(listStandards, input, { staleTime: 60_000 })
  const narrow = useNarrow()
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active paragraph={{ rows: 8 }} title={false} />
  const rows = answer.data.rows
    .filter((standard) => input.on === undefined || standard.inForce)
    .sort((a, b) => Number(b.inForce) - Number(a.inForce) || b.effectiveFrom.localeCompare(a.effectiveFrom))
  if (rows.length === 0) {
    return <EmptyState why="这一行业领域没有收录判定标准" next="判定重大隐患时须写明理由；请换一个行业领域或日期查看" />
  }
  const items = rows.reduce((sum, standard) => sum + standard.items, 0)
  return (
    <section aria-label="判定标准目录">
      <p role="status" style={{ margin: '0 0 8px' }}>
        共 {rows.length} 部标准，逐条收录 {items} 条
      </p>
      {narrow ? (
        <ul className="zb-cards">
          {rows.map((standard) => (
            <li key={standard.id} className="zb-card">
              <StandardCard standard={standard} on={on} names={names} />
            </li>
          ))}
        </ul>
      ) : (
        <Table<StandardView>
          rowKey="id"
          size="middle"
          columns={columnsFor(on, names)}
          dataSource={rows}
          pagination={false}
        />
      )}
    </section>
  )
}

const countWords = (standard: StandardView) => (standard.itemised ? `${standard.items} 条` : '仅目录')

function Title({ standard }: { standard: StandardView }): ReactNode {
  return (
    <>
      <Link to={`/criteria/${standard.id}`}>{standard.title}</Link>
      <div style={{ fontSize: 12 }}>
        {standard.documentNo}　{standard.issuer}
      </div>
    </>
  )
}

function columnsFor(on: Day, names: ReadonlyMap<string, string>): TableColumnsType<StandardView> {
  return [
    { key: 'title', title: '标准', render: (_, standard) => <Title standard={standard} /> },
    { key: 'sectors', title: '行业领域', width: 150, render: (_, standard) => sectorWords(standard, names) },
    { key: 'items', title: '条数', width: 80, align: 'right', render: (_, standard) => countWords(standard) },
    {
      key: 'force',
      title: '效力',
      width: 190,
      render: (_, standard) => (
        <>
          <ForceTag standard={standard} on={on} />
          <div style={{ fontSize: 12, marginTop: 2 }}>{forceDays(standard)}</div>
        </>
      ),
    },
    {
      key: 'source',
      title: '来源',
      width: 260,
      render: (_, standard) => (
        <>
          {standard.confidence !== 'high' && <UnverifiedTag note={standard.note} />}
          <div style={{ fontSize: 12, marginTop: 2 }}>{standard.source}</div>
        </>
      ),
    },
  ]
}

function StandardCard(props: { standard: StandardView; on: Day; names: ReadonlyMap<string, string> }): ReactNode {
  const { standard, on, names } = props
  return (
    <>
      <Title standard={standard} />
      <div style={{ margin: '6px 0' }}>
        {sectorWords(standard, names)}　{countWords(standard)}
      </div>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' }}>
        <ForceTag standard={standard} on={on} />
        {standard.confidence !== 'high' && <UnverifiedTag note={standard.note} />}
        <span style={{ fontSize: 12 }}>{forceDays(standard)}</span>
      </div>
    </>
  )
}
