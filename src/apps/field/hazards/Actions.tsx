import type { ReactNode } from 'react'
import type { HazardView } from '#capabilities/hazard/model/index.ts'
import { usePlans } from '#capabilities/hazard/web/forms/use-plans.ts'
import type { ActionPlan } from '#shell/form/ActionBar.tsx'
import { Card } from '#shell/phone/parts.tsx'
import { Link } from '#shell/phone/router.tsx'
import { phoneControls } from './finding-controls.tsx'

/** Everything this person may do with the hazard now, the next step first; what may not be done yet says why. */
export function Actions({ row }: { row: HazardView }): ReactNode {
  const plans = usePlans(row, phoneControls)
  const offered = row.allowedActions.flatMap(({ action, blocked }) => {
    const plan = plans[action]
    return plan ? [{ action, blocked, plan }] : []
  })
  const open = offered.filter(({ blocked }) => blocked === undefined)
  const next = open.filter(({ plan }) => plan.primary)
  const others = open.filter(({ plan }) => !plan.primary)
  const blocked = offered.filter((entry) => entry.blocked !== undefined)
  if (offered.length === 0) return null
  return (
    <Card title="现在可以办理">
      {open.length === 0 && <p className="p-hint">现在没有可以办理的，原因见下</p>}
      {next.map(({ action, plan }) => (
        <ActionLink key={action} to={`/hazards/${row.id}/do/${action}`} plan={plan} />
      ))}
      {others.length > 0 && (
        <div className="p-others">
          {others.map(({ action, plan }) => (
            <ActionLink key={action} to={`/hazards/${row.id}/do/${action}`} plan={plan} />
          ))}
        </div>
      )}
      {blocked.length > 0 && (
        <details open={open.length === 0}>
          <summary>还不能办理的（{blocked.length}）</summary>
          <ul className="p-items">
            {blocked.map(({ action, plan, blocked: why }) => (
              <li key={action} className="p-item">
                <span>{plan.contract.title}</span>
                <span className="p-hint">{why}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  )
}

function ActionLink({ to, plan }: { to: string; plan: ActionPlan }): ReactNode {
  const looks = plan.primary ? 'p-button p-primary' : plan.danger ? 'p-button p-danger' : 'p-button'
  return (
    <Link to={to} className={looks}>
      {plan.contract.title}
    </Link>
  )
}
