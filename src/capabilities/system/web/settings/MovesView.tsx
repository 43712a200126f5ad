import { Table } from 'antd'
import type { ReactNode } from 'react'
import { useNarrow } from '#shell/layout/narrow.ts'
import { formatInstant, formatNumber } from '#shell/text/format.ts'
import type { ClockMoves } from '../../model/index.ts'

type Move = ClockMoves['rows'][number]

const when = (instant: string | null, day: string | null, without: string) =>
  instant === null ? without : `${formatInstant(instant)}${day ? `（期限 ${day}）` : ''}`
const fromWords = (row: Move) => when(row.from, row.dueFrom, '原来没有')
const toWords = (row: Move) => when(row.to, row.dueTo, '取消')

/** What a change does to clocks that are running, before it is made. */
export function MovesView({ moves }: { moves: ClockMoves }): ReactNode {
  const narrow = useNarrow()
  if (moves.rungs === 0) return <p>没有正在走的期限受影响。</p>
  return (
    <>
      <p>
        {formatNumber(moves.records)} 件记录的 {formatNumber(moves.rungs)} 个提醒会移动，已经发出的不再重发
        {moves.atOnce > 0 && `；其中 ${formatNumber(moves.atOnce)} 个移到了现在之前，保存后立即办理一次`}。
      </p>
      {narrow ? (
        <ul className="zb-cards">
          {moves.rows.map((row) => (
            <li key={JSON.stringify(row)} className="zb-card">
              <strong>
                {row.kind}｜{row.what}（{row.rungs} 个）
              </strong>
              <div>
                {fromWords(row)} → {toWords(row)}
              </div>
            </li>
          ))}
        </ul>
      ) : (
        <Table<Move>
          size="small"
          rowKey={(row) => JSON.stringify(row)}
          dataSource={moves.rows}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          columns={[
            { title: '记录', width: 90, dataIndex: 'kind' },
            { title: '提醒', dataIndex: 'what' },
            { title: '原来', width: 290, render: (_, row) => fromWords(row) },
            { title: '改后', width: 290, render: (_, row) => toWords(row) },
            { title: '个数', width: 70, align: 'right', dataIndex: 'rungs' },
          ]}
        />
      )}
      {moves.more > 0 && <p>还有 {moves.more} 行没有列出。</p>}
    </>
  )
}
