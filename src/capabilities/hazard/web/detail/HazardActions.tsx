import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { ActionBar, type ActionPlan } from '#shell/form/ActionBar.tsx'
import { useCan, useToday } from '#shell/session/session.tsx'
import { type HazardView, isStanding, rejudgeHazard, verifyHazard } from '../../model/index.ts'
import { judgingFields } from '../judging-fields.tsx'
import { useBodies } from '../reference.ts'
import { actionPlans } from './action-fields.ts'
import { MergeButton } from './MergeButton.tsx'

/** Every action this person may take on this hazard now. */
export function HazardActions({ row }: { row: HazardView }): ReactNode {
  const today = useToday()
  const plans = { ...actionPlans({ hazard: row, today, bodies: useBodies() }), ...judgingPlans(row) }
  const mayPropose = useCan('listing.propose')
  const mayMerge = row.allowedActions.some(({ action, blocked }) => action === 'hazard.merge' && blocked === undefined)
  return (
    <ActionBar
      recordId={row.id}
      version={row.version}
      allowed={row.allowedActions}
      plans={plans}
      extra={
        <>
          {mayMerge && <MergeButton row={row} />}
          {mayPropose && row.level === 'major' && row.listing === 'none' && isStanding(row.state) && (
            <Link to={'/listings/propose' as string} search={{ hazardId: row.id } as never}>
              <Button>提请挂牌</Button>
            </Link>
          )}
        </>
      }
    />
  )
}

function judgingPlans(row: HazardView): Record<string, ActionPlan> {
  const facts = { sector: row.sector, description: row.description, foundOn: row.foundOn }
  const { level } = row
  return {
    'hazard.verify': {
      contract: verifyHazard,
      primary: true,
      fields: [...judgingFields(facts), { kind: 'area', name: 'note', label: '核实情况', max: 500 }],
    },
    'hazard.rejudge': {
      contract: rejudgeHazard,
      initial: { judgement: { level, criterionId: row.judgement.criterionId, reason: row.judgement.reason } },
      fields: [
        ...judgingFields(facts),
        { kind: 'area', name: 'why', label: '重新判定的原因', required: true, max: 500 },
      ],
    },
  }
}
