import { Link } from '@tanstack/react-router'
import { Card, Skeleton, Tag } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { useAsk } from '#shell/api/queries.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import type { RowColumn } from '#shell/table/RowTable.tsx'
import { none } from '#shell/text/format.ts'
import { getMatrix } from '../../model/index.ts'
import { useSectorOptions } from '../options.ts'
import { WholeTable } from '../WholeTable.tsx'
import { RouteFinder } from './RouteFinder.tsx'

type Matrix = z.output<typeof getMatrix.output>
type Entry = Matrix['entries'][number]
type Gap = Matrix['gaps'][number]

interface SectorRow {
  readonly id: string
  readonly name: string
  readonly leads: readonly Entry[]
  readonly participants: readonly Entry[]
  readonly gaps: readonly Gap[]
}

/** 责任分工: who leads which sector by the plan, and what the plan leaves open — shown, never filled. */
export default function MatrixPage(): ReactNode {
  const { data, error, refetch } = useAsk(getMatrix, {}, { staleTime: 600_000 })
  const sectors = useSectorOptions()
  if (error) return <ErrorView error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active />
  const { entries, gaps } = data
  const rows = sectors.map(({ value, label }): SectorRow => {
    const of = entries.filter((entry) => entry.sectorId === value)
    return {
      id: value,
      name: label,
      leads: of.filter((entry) => entry.role !== 'participant'),
      participants: of.filter((entry) => entry.role === 'participant'),
      gaps: gaps.filter((gap) => gap.sectors.some((sector) => sector.id === value)),
    }
  })
  const leads = rows.flatMap((row) => row.leads)
  const bodies = new Set(leads.map((entry) => entry.bodyId)).size
  const led = rows.filter((row) => row.leads.length > 0).length
  return (
    <>
      <PageHeader
        title="责任分工"
        words={`方案四、（二）“三管三必须”：${bodies} 个部门牵头 ${led} 个行业领域，共 ${leads.length} 条牵头关系。方案没有写明的列为“待明确”，系统不代为补齐，登记的事项先由县安委办接收`}
        printable
      />
      <RouteFinder />
      <Gaps gaps={gaps} />
      <Card size="small" title={`行业领域与部门（${rows.length}）`}>
        <WholeTable
          label="责任分工"
          rows={rows}
          rowKey={(row) => row.id}
          columns={columns}
          empty={{ why: '数据包里没有行业领域' }}
        />
      </Card>
    </>
  )
}

const bodyLink = ({ bodyId, bodyName }: Entry) => <Link to={`/bodies/${bodyId}` as string}>{bodyName}</Link>

const columns: readonly RowColumn<SectorRow>[] = [
  { key: 'sector', title: '行业领域', width: 150, render: (row) => row.name },
  {
    key: 'leads',
    title: '牵头',
    width: 240,
    render: (row) =>
      row.leads.length === 0 ? (
        <Tag style={{ margin: 0 }}>没有写明</Tag>
      ) : (
        row.leads.map((entry) => (
          <div key={entry.bodyId}>
            {bodyLink(entry)} {entry.role === 'joint' && <Tag style={{ margin: 0 }}>共同牵头</Tag>}
            {entry.note && <div className="zb-line">{entry.note}</div>}
          </div>
        ))
      ),
  },
  {
    key: 'participants',
    title: '配合',
    width: 320,
    render: (row) => (row.participants.length === 0 ? none : <Participants entries={row.participants} />),
  },
  {
    key: 'source',
    title: '依据条款',
    width: 150,
    render: (row) => [...new Set([...row.leads, ...row.participants].map((entry) => entry.source))].join('、') || none,
  },
  {
    key: 'gaps',
    title: '待明确',
    render: (row) => {
      if (row.gaps.length > 0) {
        return row.gaps.map((gap) => (
          <div key={gap.id}>
            <a href={`#gap-${gap.id}`}>{gap.topic}</a>
          </div>
        ))
      }
      return row.leads.length > 0 ? none : '方案没有列这个行业领域，登记的事项先由县安委办接收'
    },
  },
]

/** Bodies with the same note stand together, so that the note is read once. */
function Participants({ entries }: { entries: readonly Entry[] }): ReactNode {
  const notes = [...new Set(entries.map((entry) => entry.note))]
  return notes.map((note) => (
    <div key={note}>
      {entries
        .filter((entry) => entry.note === note)
        .map((entry, at) => (
          <span key={entry.bodyId}>
            {at > 0 && '、'}
            {bodyLink(entry)}
          </span>
        ))}
      {note && <div className="zb-line">{note}</div>}
    </div>
  ))
}

/** What the plan leaves open or says twice: why, what happens meanwhile, and the clause to look it up. */
function Gaps({ gaps }: { gaps: readonly Gap[] }): ReactNode {
  return (
    <Card size="small" title={`待明确的事项（${gaps.length}）`} style={{ marginBottom: 12 }}>
      <ul className="zb-plain">
        {gaps.map((gap) => (
          <li key={gap.id} id={`gap-${gap.id}`}>
            <strong>{gap.topic}</strong>{' '}
            {gap.sectors.map((sector) => (
              <Tag key={sector.id}>{sector.name}</Tag>
            ))}
            <div>{gap.reason}。</div>
            <div>目前做法：{gap.handling}。</div>
            <div className="zb-line">依据条款 {gap.source}</div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
