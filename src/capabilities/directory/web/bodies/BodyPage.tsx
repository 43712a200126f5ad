import { Link, useParams } from '@tanstack/react-router'
import { Button, Card, Descriptions, Skeleton, Tag } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan } from '#shell/session/session.tsx'
import { none } from '#shell/text/format.ts'
import { type BodyView, bodyKinds, getMatrix, listBodies, listBodyPosts, matrixRoles } from '../../model/index.ts'
import { useAreas } from '../options.ts'
import { BodyPeople } from './BodyPeople.tsx'

/** One body: its people, what it leads and takes part in, where it answers on the spot, and what is to be known about it. */
export default function BodyPage(): ReactNode {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const { data, error, refetch } = useAsk(listBodies, {})
  const readsHazards = useCan('hazard.read')
  const readsPeople = useCan(listBodyPosts.permission)
  if (error) return <ErrorView error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active />
  const body = data.bodies.find((candidate) => candidate.id === id)
  if (!body) return <EmptyState why="没有找到这个机构" next="请从机构列表中选择" />
  const local = isLocal(body)
  return (
    <>
      <PageHeader
        title={body.name}
        marks={<Tag style={{ margin: 0 }}>{bodyKinds[body.kind]}</Tag>}
        actions={
          readsHazards && (
            <Link to={'/hazards' as string} search={(local ? { area: body.area } : { bodyId: body.id }) as never}>
              <Button>{local ? '查看本辖区的隐患' : '查看牵头或承办的隐患'}</Button>
            </Link>
          )
        }
        printable
      />
      <Facts body={body} />
      {readsPeople && <BodyPeople body={body} />}
      <Sectors body={body} />
    </>
  )
}

/** A body that answers for what is on its ground, whatever the sector. */
const isLocal = (body: BodyView) => body.kind === 'town' || body.kind === 'zone'

function Facts({ body }: { body: BodyView }): ReactNode {
  const answers = useAreas().filter((area) => area.bodyId === body.id)
  const items = [
    { key: 'area', label: '区域', children: body.areaName },
    { key: 'answers', label: '属地', children: answers.map((area) => area.name).join('、') || none },
    { key: 'note', label: '说明', children: body.note || none },
  ]
  return (
    <Card size="small" title="基本情况" style={{ marginBottom: 12 }}>
      <Descriptions column={{ xs: 1, md: 3 }} items={items} />
    </Card>
  )
}

/** What the matrix gives the body, role by role, with the clause and the note of each. */
function Sectors({ body }: { body: BodyView }): ReactNode {
  const { data } = useAsk(getMatrix, {}, { staleTime: 600_000 })
  if (!data) return <Skeleton active />
  const own = data.entries.filter((entry) => entry.bodyId === body.id)
  const others = (sectorId: string) =>
    data.entries.filter(
      (entry) => entry.sectorId === sectorId && entry.role !== 'participant' && entry.bodyId !== body.id,
    )
  return (
    <Card size="small" title={`责任分工（${own.length}）`} style={{ marginBottom: 12 }}>
      {own.length === 0 ? (
        <EmptyState
          why={
            isLocal(body)
              ? '乡镇（开发区）对本辖区的各行业领域负属地责任，方案没有逐项列出'
              : '方案的责任分工没有写到这个机构'
          }
        />
      ) : (
        <ul className="zb-plain">
          {own.map((entry) => (
            <li key={`${entry.sectorId} ${entry.role}`}>
              <Tag>{matrixRoles[entry.role]}</Tag>
              <strong>{entry.sectorName}</strong>
              {others(entry.sectorId).length > 0 &&
                `（${entry.role === 'joint' ? '共同牵头' : '牵头'}：${others(entry.sectorId)
                  .map((other) => other.bodyName)
                  .join('、')}）`}
              <div className="zb-line">
                依据条款 {entry.source}
                {entry.note && `，${entry.note}`}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
