import { Link } from '@tanstack/react-router'
import { Card, Pagination, Skeleton, Table } from 'antd'
import { type ReactNode, useState } from 'react'
import { type HazardRow, hazardStates, listHazards } from '#capabilities/hazard/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { useToday } from '#shell/session/session.tsx'
import { DueText, StateTag } from '#shell/text/tags.tsx'
import { type BatchView, chooseForBatch, listListings } from '../../model/index.ts'

const size = 50

/**
 * What could be chosen: major hazards of the sector that stand and are not listed, those long overdue first (M07-7). What
 * somebody has proposed already is shown as such and cannot be ticked.
 */
export function Candidates({ batch }: { batch: BatchView }): ReactNode {
  const [page, setPage] = useState(1)
  const [ticked, setTicked] = useState<readonly string[]>([])
  const filter = { sector: batch.sector, level: 'major' as const, stateType: 'standing' as const, listed: false }
  const answer = useAsk(listHazards, { ...filter, page, size, sort: 'dueOn' }, { keepPrevious: true })
  const proposed = useAsk(listListings, { states: ['proposed', 'approved'], sector: batch.sector, size: 200 })
  const taken = new Set([
    ...batch.items.map(({ hazardId }) => hazardId),
    ...(proposed.data?.rows ?? []).map(({ hazardId }) => hazardId),
  ])
  const rows = answer.data?.rows ?? []
  const total = answer.data?.total ?? 0
  return (
    <Card
      size="small"
      title={`候选：未销号、未挂牌的${batch.hazards}（${total}）`}
      className="zb-no-print"
      style={{ marginBottom: 12 }}
      extra={
        ticked.length > 0 && (
          <ActionButton
            contract={chooseForBatch}
            recordId={batch.id}
            version={batch.version}
            primary
            fixed={{ hazardIds: [...ticked] }}
            fields={[
              {
                kind: 'area',
                name: 'why',
                label: `选入${ticked.length}条的理由`,
                max: 500,
                required: true,
                help: '写明典型在哪里，如久拖不改、人员密集、危害较大；会作为提请挂牌的理由',
              },
            ]}
            onDone={() => setTicked([])}
          />
        )
      }
    >
      {answer.error && <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />}
      {!answer.data && !answer.error && <Skeleton active />}
      {answer.data && total === 0 && (
        <EmptyState why="没有可选的隐患" next="确无典型重大隐患的，作废本批次后在年度页面确认本年度无" />
      )}
      {rows.length > 0 && <CandidateTable rows={rows} taken={taken} ticked={ticked} onTick={setTicked} />}
      {total > size && (
        <Pagination current={page} pageSize={size} total={total} onChange={setPage} showSizeChanger={false} />
      )}
    </Card>
  )
}

interface CandidateTableProps {
  readonly rows: readonly HazardRow[]
  /** Proposed already, or on the list. */
  readonly taken: ReadonlySet<string>
  readonly ticked: readonly string[]
  onTick(ids: readonly string[]): void
}

function CandidateTable({ rows, taken, ticked, onTick }: CandidateTableProps): ReactNode {
  const today = useToday()
  const why = (row: HazardRow) =>
    row.state === 'reported' ? '尚未核实' : taken.has(row.id) ? '已提请或已选入' : undefined
  return (
    <Table<HazardRow>
      size="small"
      rowKey="id"
      dataSource={[...rows]}
      pagination={false}
      scroll={{ x: 'max-content' }}
      rowSelection={{
        selectedRowKeys: [...ticked],
        onChange: (keys) => onTick(keys.map(String)),
        preserveSelectedRowKeys: true,
        getCheckboxProps: (row) => ({ disabled: why(row) !== undefined, 'aria-label': `选入${row.number}` }),
      }}
      columns={[
        {
          title: '隐患',
          render: (_, row) => (
            <>
              <Link to={`/hazards/${row.id}` as string}>{row.number}</Link> {row.unitName}（{row.areaName}）
              <div style={{ maxWidth: 560, whiteSpace: 'normal' }}>{row.description}</div>
            </>
          ),
        },
        { title: '状态', render: (_, row) => <StateTag state={hazardStates[row.state]} /> },
        { title: '整改时限', render: (_, row) => <DueText due={row.dueOn} today={today} /> },
        { title: '说明', render: (_, row) => why(row) ?? '' },
      ]}
    />
  )
}
