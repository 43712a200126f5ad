import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { forget } from '#shell/browser/remembered.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { useSession } from '#shell/session/session.tsx'
import { addReport, isStanding, reportHazard, type SimilarHazard } from '../../model/index.ts'
import { type Finding, reportFields } from '../forms/parts.ts'

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
  const { description, foundOn, channel, source } = finding
  return (
    <ActionButton
      contract={addReport}
      recordId={row.id}
      version={row.version}
      label="并入这条"
      fields={reportFields(today, byUnit)}
      initial={{ description, foundOn, channel: channel ?? 'inspection', ...(source ? { source } : {}) }}
      fixed={byUnit ? { channel: 'selfCheck' } : {}}
      doneText={`已并入 ${row.number}，没有另行登记`}
      onDone={() => {
        // The finding now stands on the other hazard; its draft would ask to be registered once more.
        forget(`draft:${accountId}:${reportHazard.id}:new`)
        void navigate({ to: `/hazards/${row.id}` as string, ignoreBlocker: true })
      }}
    />
  )
}
