import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { ActionBar } from '#shell/form/ActionBar.tsx'
import { useCan } from '#shell/session/session.tsx'
import { type HazardView, isStanding } from '../../model/index.ts'
import { usePlans } from '../forms/use-plans.ts'
import { officeControls } from '../register/office-controls.tsx'
import { MergeButton } from './MergeButton.tsx'

/** Every action this person may take on this hazard now. */
export function HazardActions({ row }: { row: HazardView }): ReactNode {
  const plans = usePlans(row, officeControls)
  const mayPropose = useCan('listing.propose')
  const mayMerge = row.allowedActions.some(({ action, blocked }) => action === 'hazard.merge' && blocked === undefined)
  return (
    <ActionBar
      recordId={row.id}
      version={row.version}
      subject={`${row.description}（${row.unitName}）`}
      allowed={row.allowedActions}
      plans={plans}
      extra={
        <>
          {mayMerge && <MergeButton row={row} />}
          {mayPropose && row.level === 'major' && row.listingId === null && isStanding(row.state) && (
            <Link to={'/listings/propose' as string} search={{ hazardId: row.id } as never}>
              <Button>{row.listing === 'none' ? '提请挂牌' : '补办挂牌手续'}</Button>
            </Link>
          )}
        </>
      }
    />
  )
}
