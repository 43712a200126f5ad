import { type ReactNode, useState } from 'react'
import { suggestCriteria } from '#capabilities/criteria/model/index.ts'
import {
  findSimilar,
  hazardStates,
  isStanding,
  reportHazard,
  type SimilarHazard,
} from '#capabilities/hazard/model/index.ts'
import { type Finding, joinPlan } from '#capabilities/hazard/web/forms/parts.ts'
import { useAsk } from '#shell/api/queries.ts'
import { useSettled } from '#shell/browser/use-settled.ts'
import { draftKey, forgetDraft } from '#shell/form/use-draft.ts'
import { ActionForm } from '#shell/phone/ActionForm.tsx'
import { navigate } from '#shell/phone/router.tsx'
import { Sheet } from '#shell/phone/Sheet.tsx'
import { useSession } from '#shell/session/session.tsx'

interface HintProps {
  readonly finding: Finding
  readonly byUnit: boolean
}

/** While a finding is typed: what it may be under the standards, and which known hazards it may be. */
export function Hints({ finding, byUnit }: HintProps): ReactNode {
  return (
    <>
      {!finding.major && <Likely finding={finding} byUnit={byUnit} />}
      <Twins finding={finding} byUnit={byUnit} />
    </>
  )
}

/** The likeliest criteria, so that a major hazard is not entered as a general one. */
function Likely({ finding, byUnit }: HintProps): ReactNode {
  const { sector, unitSectors, description, foundOn } = finding
  const typed = useSettled(description.trim())
  const enabled = sector !== undefined && typed.length >= 4
  const input = {
    description: typed,
    sector: sector ?? 'none',
    sectors: [...(unitSectors ?? [])],
    ...(foundOn ? { on: foundOn } : {}),
  }
  const { data } = useAsk(suggestCriteria, input, { enabled, keepPrevious: true })
  const rows = enabled ? (data?.rows ?? []).slice(0, 3) : []
  if (rows.length === 0) return null
  return (
    <div className="p-notice">
      <strong>
        {byUnit ? '可能属于重大事故隐患，上报后由主管部门核实' : '请对照判定标准，符合的在下面选“重大隐患”'}
      </strong>
      {rows.map((row) => (
        <div key={row.id}>
          {row.text}
          <div className="p-hint">
            《{row.standardTitle}》{row.no}　{row.reason}
          </div>
        </div>
      ))}
    </div>
  )
}

/** Hazards this one may be, so that one hazard does not come to stand twice. */
function Twins({ finding, byUnit }: HintProps): ReactNode {
  const { unitId, area, sector, description } = finding
  const [joining, setJoining] = useState<SimilarHazard>()
  const typed = useSettled(description.trim())
  const enabled = typed.length >= 4 && (unitId !== null || area !== null)
  const input = { unitId, area, sector: sector ?? null, description: typed || '无' }
  const found = useAsk(findSimilar, input, { enabled, keepPrevious: true })
  const rows = enabled ? (found.data?.rows ?? []).slice(0, 3) : []
  if (rows.length === 0) return null
  return (
    <div className="p-notice">
      <strong>可能已经登记过，请先核对</strong>
      {rows.map((row) => (
        <div key={row.id}>
          {row.number}　{row.unitName}，{row.foundOn} 发现，{hazardStates[row.state].label}：{row.description}（
          {row.why}）
          {isStanding(row.state) && (
            <button type="button" className="p-link" onClick={() => setJoining(row)}>
              就是这条，并入它
            </button>
          )}
        </div>
      ))}
      {joining && <Join row={joining} finding={finding} byUnit={byUnit} onClose={() => setJoining(undefined)} />}
    </div>
  )
}

/** Adds what is being typed to a hazard that is already known, instead of registering it twice. */
function Join(props: HintProps & { row: SimilarHazard; onClose(): void }): ReactNode {
  const { row, finding, byUnit, onClose } = props
  const { accountId, today } = useSession()
  return (
    <Sheet title={`并入 ${row.number}`} onClose={onClose}>
      <ActionForm
        {...joinPlan(finding, today, byUnit)}
        recordId={row.id}
        version={row.version}
        doneText={`已并入 ${row.number}，没有另行登记`}
        onDone={() => {
          // The finding now stands on the other hazard; its draft would ask to be registered once more.
          forgetDraft(draftKey(accountId, reportHazard, row.id))
          navigate(`/hazards/${row.id}`, true)
        }}
      />
    </Sheet>
  )
}
