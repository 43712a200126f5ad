import type { CSSProperties, ReactNode } from 'react'
import { useToday } from '#shell/session/session.tsx'
import { formatDay } from '#shell/text/format.ts'
import { DueText } from '#shell/text/tags.tsx'
import { type ListingRow, listingStates } from '../model/index.ts'
import { ended, ListingMarks, StepsDue, workDone } from './words.tsx'

const twoLines: CSSProperties = {
  display: '-webkit-box',
  WebkitLineClamp: 2,
  WebkitBoxOrient: 'vertical',
  overflow: 'hidden',
  margin: '4px 0',
}

/** A listing on the board and on a phone: whose hazard, what, by when, and who supervises it. */
export function ListingCard({ row }: { row: ListingRow }): ReactNode {
  const today = useToday()
  return (
    <>
      <div style={{ fontWeight: 600 }}>{row.unitName || row.hazardNumber}</div>
      <div style={{ fontSize: 12 }}>
        {row.hazardNumber}　{row.areaName}　{row.sectorName}
      </div>
      <div style={twoLines}>{row.description}</div>
      <ListingMarks row={row} />
      <div style={{ marginTop: 4 }}>
        {row.dueOn && !ended(row) && (
          <div>
            {row.orderedOn ? '办理期限' : '整改时限'} <DueText due={row.dueOn} today={today} done={workDone(row)} />
          </div>
        )}
        <StepsDue row={row} />
        {ended(row) && (
          <div>
            {listingStates[row.state].label} {formatDay(row.endedOn)}
          </div>
        )}
        {row.supervisingBodyName && <div>督办责任部门 {row.supervisingBodyName}</div>}
      </div>
    </>
  )
}
