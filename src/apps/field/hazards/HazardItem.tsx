import type { ReactNode } from 'react'
import { type HazardRow, hazardStates, levels, listingLevels } from '#capabilities/hazard/model/index.ts'
import { DueText, LevelTag, StateTag } from '#shell/phone/parts.tsx'
import { Link } from '#shell/phone/router.tsx'
import { useToday } from '#shell/session/session.tsx'

type Marked = Pick<HazardRow, 'level' | 'state' | 'overdue' | 'listing' | 'stopped'>

/** Level, state and what makes the hazard urgent; only the level wears a colour. */
export function Marks({ row }: { row: Marked }): ReactNode {
  return (
    <>
      <LevelTag risk={row.level === 'major' ? 'red' : 'blue'} label={levels[row.level]} />
      <StateTag state={hazardStates[row.state]} />
      {row.overdue && <span className="p-tag p-missing">逾期</span>}
      {row.listing !== 'none' && <span className="p-tag">{listingLevels[row.listing]}挂牌</span>}
      {row.stopped && <span className="p-tag">停产停业</span>}
    </>
  )
}

/** A hazard in a list: what, where, how it stands, by when. */
export function HazardItem({ row }: { row: HazardRow }): ReactNode {
  const today = useToday()
  const done = ['closed', 'void'].includes(hazardStates[row.state].type)
  return (
    <li>
      <Link to={`/hazards/${row.id}`} className="p-item">
        <strong>{row.description}</strong>
        <span className="p-line">
          <Marks row={row} />
        </span>
        <span className="p-line">
          {row.unitName}（{row.areaName}）
          {row.closedOn ? (
            <span>{row.closedOn} 销号</span>
          ) : (
            row.dueOn && <DueText due={row.dueOn} today={today} done={done} />
          )}
        </span>
      </Link>
    </li>
  )
}
