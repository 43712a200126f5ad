import { Link, useParams } from '@tanstack/react-router'
import { Alert, Button, Card, Skeleton, Table, Tag } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ActionBar } from '#shell/form/ActionBar.tsx'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { none } from '#shell/text/format.ts'
import { StateTag } from '#shell/text/tags.tsx'
import {
  editPerson,
  endPost,
  getUnit,
  type PostView,
  postKinds,
  type UnitView,
  unitStates,
  unitTags,
} from '../../model/index.ts'
import { HistoryCard } from '../History.tsx'
import { usePlaces, useSectorOptions } from '../options.ts'
import { HighRisk } from './HighRisk.tsx'
import { StandingHazards } from './Standing.tsx'
import { UnitFacts } from './UnitFacts.tsx'
import { unitPlans } from './unit-plans.ts'

/** One unit: what is known of it, who answers for it, and which department leads its matters. */
export default function UnitPage(): ReactNode {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const answer = useAsk(getUnit, { id })
  const choices = { places: usePlaces(), sectors: useSectorOptions() }
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  const unit = answer.data
  if (!unit) return <Skeleton active />
  return (
    <>
      <PageHeader
        title={unit.name}
        marks={
          <>
            <StateTag state={unitStates[unit.state]} />
            {unit.highRisk && <Tag>高危</Tag>}
            {unit.tags.map((tag) => (
              <Tag key={tag}>{unitTags[tag]}</Tag>
            ))}
          </>
        }
        actions={
          <ActionBar
            recordId={unit.id}
            version={unit.version}
            allowed={unit.allowedActions}
            plans={unitPlans(unit, choices)}
            sideBySide={2}
            extra={
              <Link to={'/hazards' as string} search={{ unitId: unit.id } as never}>
                <Button>查看隐患</Button>
              </Link>
            }
          />
        }
      />
      {unit.posts.every((post) => post.kind !== 'principal' || post.toDay !== null) && (
        <Alert
          type="warning"
          style={{ marginBottom: 12 }}
          title="没有登记主要负责人：登记重大隐患时无法告知到人，请尽快补充"
        />
      )}
      <UnitFacts unit={unit} />
      <StandingHazards unit={unit} />
      <HighRisk unit={unit} />
      <Routes unit={unit} />
      <Posts unit={unit} />
      <HistoryCard recordType="unit" recordId={unit.id} />
    </>
  )
}

/** Where a matter of this unit would go, and why, sector by sector. */
function Routes({ unit }: { unit: UnitView }): ReactNode {
  return (
    <Card size="small" title="归口" style={{ marginBottom: 12 }}>
      <ul className="zb-plain">
        {unit.routes.map((route) => (
          <li key={route.sector}>
            <strong>{route.sectorName}</strong>：{route.leadBodyName}
            {route.jointBodyNames.length > 0 && `（共同牵头：${route.jointBodyNames.join('、')}）`}
            {route.townBodyName && `，属地 ${route.townBodyName}`}
            {route.reason && <div>{route.reason}</div>}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Posts({ unit }: { unit: UnitView }): ReactNode {
  const mayManage = unit.allowedActions.some(({ action, blocked }) => action === endPost.id && blocked === undefined)
  const target = { recordId: unit.id, version: unit.version }
  const tools = (post: PostView) => (
    <span style={{ display: 'inline-flex', gap: 6 }}>
      <ActionButton
        {...target}
        contract={editPerson}
        label="更正"
        fixed={{ personId: post.personId }}
        initial={{ name: post.personName }}
        fields={[
          { kind: 'text', name: 'name', label: '姓名', max: 40 },
          { kind: 'text', name: 'phone', label: '新手机号', help: '不改的留空' },
          { kind: 'text', name: 'idNumber', label: '新身份证号', help: '不改的留空' },
        ]}
      />
      <ActionButton
        {...target}
        contract={endPost}
        label="结束任职"
        fixed={{ postId: post.id }}
        fields={[{ kind: 'day', name: 'toDay', label: '任职到' }]}
      />
    </span>
  )
  return (
    <Card size="small" title={`人员和任职（${unit.posts.length}）`}>
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={[...unit.posts]}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '还没有登记人员' }}
        columns={[
          { title: '职务', render: (_, post) => post.title || postKinds[post.kind] },
          { title: '姓名', dataIndex: 'personName' },
          { title: '手机', render: (_, post) => post.phone || none },
          { title: '身份证号', render: (_, post) => post.idNumber ?? none },
          { title: '任职', render: (_, post) => `${post.fromDay} 至 ${post.toDay ?? '今'}` },
          ...(mayManage
            ? [{ title: '', render: (_: unknown, post: PostView) => (post.toDay === null ? tools(post) : null) }]
            : []),
        ]}
      />
    </Card>
  )
}
