import type { ActionPlan } from '#shell/form/ActionBar.tsx'
import { useSession } from '#shell/session/session.tsx'
import type { HazardView } from '../../model/index.ts'
import { useBodies, useOwnUnits } from '../reference.ts'
import { closingPlans } from './closing.ts'
import type { FindingControls } from './controls.ts'
import { findingPlans } from './finding.ts'
import { judgingPlans } from './judging.tsx'
import { linkingPlans } from './linking.tsx'
import { rectifyingPlans } from './rectifying.ts'

/** How each action on this hazard is filled in, with whichever controls draw it. */
export function usePlans(row: HazardView, controls: FindingControls): Record<string, ActionPlan> {
  const { today, name, grants } = useSession()
  const byUnit = useOwnUnits() !== undefined
  const facts = {
    hazard: row,
    today,
    bodies: useBodies(),
    byUnit,
    me: name,
    principal: grants.some(({ role }) => role === 'unitPrincipal'),
  }
  return {
    ...findingPlans(facts),
    ...judgingPlans(row, controls),
    ...rectifyingPlans(facts),
    ...closingPlans(facts),
    ...linkingPlans(controls),
  }
}
