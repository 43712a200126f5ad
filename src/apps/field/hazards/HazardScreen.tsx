import type { ReactNode } from 'react'
import { getHazard, type HazardView } from '#capabilities/hazard/model/index.ts'
import {
  settledWords,
  showsFive,
  stageWords,
  standingWords,
  turnWords,
} from '#capabilities/hazard/web/detail/stages.ts'
import { useAsk } from '#shell/api/queries.ts'
import { DueText, ErrorNote, Loading } from '#shell/phone/parts.tsx'
import { Link } from '#shell/phone/router.tsx'
import { useToday } from '#shell/session/session.tsx'
import { Actions } from './Actions.tsx'
import { Marks } from './HazardItem.tsx'
import { Photos } from './Photos.tsx'
import { Conditions, Entries, Facts, Five, History, Receipts, Reports } from './sections.tsx'

/** One hazard on the phone: what it is, until when, what can be done now; then everything known of it. */
export function HazardScreen({ id, registered }: { id: string; registered: boolean }): ReactNode {
  const answer = useAsk(getHazard, { id })
  if (answer.error && !answer.data) return <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />
  const row = answer.data
  if (!row) return <Loading />
  return (
    <>
      <Head row={row} />
      {registered && <JustRegistered row={row} />}
      <Standing row={row} />
      <Actions row={row} />
      {showsFive(row) && <Five row={row} />}
      <Photos files={row.attachments} foundOn={row.foundOn} />
      <Conditions row={row} />
      <Facts row={row} />
      <Entries row={row} />
      <History row={row} />
      <Reports row={row} />
      <Receipts row={row} />
    </>
  )
}

function Head({ row }: { row: HazardView }): ReactNode {
  const today = useToday()
  const stage = stageWords(row)
  const turn = turnWords(row)
  const settled = settledWords(row)
  return (
    <section className="p-card">
      <h2>{row.description}</h2>
      <div className="p-line">
        <Marks row={row} />
      </div>
      <div>
        {settled ?? (
          <>
            整改时限 <DueText due={row.dueOn} today={today} />
          </>
        )}
      </div>
      {turn && <div>{turn}</div>}
      {stage && <div className="p-hint">{stage}</div>}
      <div className="p-hint">
        {row.number}　{row.unitName}（{row.areaName}）
      </div>
    </section>
  )
}

/** Said once after registering: where it went, and that what was put right on the spot may be closed now. */
function JustRegistered({ row }: { row: HazardView }): ReactNode {
  const fixable = row.allowedActions.some(({ action, blocked }) => action === 'hazard.fixAtOnce' && !blocked)
  return (
    <div className="p-notice" role="status">
      <div>已登记，由 {row.leadBodyName} 办理</div>
      {fixable && <div>当场已经改好的，点“立查立改”上传整改后的照片即可销号</div>}
      <Link to="/hazards/new" className="p-button">
        继续登记
      </Link>
    </div>
  )
}

/** What stands out before anything else. */
function Standing({ row }: { row: HazardView }): ReactNode {
  const words = standingWords(row)
  if (words.length === 0 && !row.mergedInto) return null
  return (
    <div className="p-notice">
      {words.map((word) => (
        <div key={word}>{word}</div>
      ))}
      {row.mergedInto && (
        <div>
          已合并到 <Link to={`/hazards/${row.mergedInto.id}`}>{row.mergedInto.number}</Link>
        </div>
      )}
    </div>
  )
}
