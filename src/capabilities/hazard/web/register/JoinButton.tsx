import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { draftKey, forgetDraft } from '#shell/form/use-draft.ts'
import { useSession } from '#shell/session/session.tsx'
import { isStanding, reportHazard, type SimilarHazard } from '../../model/index.ts'
import { type Finding, joinPlan } from '../forms/parts.ts'

interface JoinProps {
  readonly row: SimilarHazard
  readonly finding: Finding
  readonly byUnit: boolean
}

/** Adds what is being typed to a hazard that is already known, instead of registering it twice. */
export function JoinButton({ row, finding, byUnit }: JoinProps): ReactNode {
  const navigate = useNavigate()
  const { accountId, today } = useSession()
  if (!isStanding(row.state)) return null
  return (
    <ActionButton
      {...joinPlan(finding, today, byUnit)}
      recordId={row.id}
      version={row.version}
      label="并入这条"
      doneText={`已并入 ${row.number}，没有另行登记`}
      onDone={() => {
        // The finding now stands on the other hazard; its draft would ask to be registered once more.
        forgetDraft(draftKey(accountId, reportHazard, row.id))
        void navigate({ to: `/hazards/${row.id}` as string, ignoreBlocker: true })
      }}
    />
  )
}
