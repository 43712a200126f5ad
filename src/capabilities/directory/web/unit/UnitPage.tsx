import { Link, useParams } from '@tanstack/react-router'
import { Alert, Button, Card, Skeleton, Tag } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ActionBar } from '#shell/form/ActionBar.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { StateTag } from '#shell/text/tags.tsx'
import { getUnit, type UnitView, unitStates, unitTags } from '../../model/index.ts'
import { HistoryCard } from '../History.tsx'
import { usePlaces, useSectorOptions } from '../options.ts'
import { HighRisk } from './HighRisk.tsx'
import { StandingHazards } from './Standing.tsx'
import { UnitFacts } from './UnitFacts.tsx'
import { UnitPosts } from './UnitPosts.tsx'
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
      <UnitPosts unit={unit} />
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
