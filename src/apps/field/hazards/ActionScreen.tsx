import type { ReactNode } from 'react'
import { getHazard, type HazardView } from '#capabilities/hazard/model/index.ts'
import { usePlans } from '#capabilities/hazard/web/forms/use-plans.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ActionForm } from '#shell/phone/ActionForm.tsx'
import { EmptyNote, ErrorNote, Loading } from '#shell/phone/parts.tsx'
import { goBack, Link } from '#shell/phone/router.tsx'
import { phoneControls } from './finding-controls.tsx'
import { Marks } from './HazardItem.tsx'

/** The form of one action on a hazard, a page of its own, so that the phone's back button closes it. */
export function ActionScreen({ id, action }: { id: string; action: string }): ReactNode {
  const answer = useAsk(getHazard, { id })
  if (answer.error && !answer.data) return <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Loading />
  return <OneAction row={answer.data} action={action} />
}

function OneAction({ row, action }: { row: HazardView; action: string }): ReactNode {
  const plans = usePlans(row, phoneControls)
  const plan = plans[action]
  const allowed = row.allowedActions.find((one) => one.action === action)
  const here = `/hazards/${row.id}`
  if (!plan || !allowed || allowed.blocked !== undefined) {
    return (
      <>
        <EmptyNote why="现在不能办理" next={allowed?.blocked ?? '这一步已经办过，或由别人办理'} />
        <Link to={here} className="p-button">
          看这条隐患
        </Link>
      </>
    )
  }
  return (
    <>
      <section>
        <h2>{plan.contract.title}</h2>
        <p className="p-clamp">{row.description}</p>
        <div className="p-line">
          <Marks row={row} />
        </div>
      </section>
      <ActionForm {...plan} recordId={row.id} version={row.version} onDone={() => goBack(here)} />
    </>
  )
}
