import { Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { useToday } from '#shell/session/session.tsx'
import { DueText, StateTag } from '#shell/text/tags.tsx'
import { type ReturnRow, returnLateness, returnStates } from '../model/index.ts'

export function ReturnMarks({ row }: { row: ReturnRow }): ReactNode {
  const { lateness, daysLate, locked, corrections } = row
  return (
    <span style={{ display: 'inline-flex', gap: 4, flexWrap: 'wrap' }}>
      <StateTag state={returnStates[row.state]} />
      {lateness && (
        <Tag style={{ margin: 0, fontWeight: lateness === 'onTime' ? 400 : 700 }}>
          {returnLateness[lateness]}
          {/* What is still owed has its days beside its deadline. */}
          {lateness === 'late' && daysLate > 0 && `${daysLate}天`}
        </Tag>
      )}
      {locked && <Tag style={{ margin: 0 }}>已锁定</Tag>}
      {corrections > 0 && <Tag style={{ margin: 0 }}>更正{corrections}处</Tag>}
    </span>
  )
}

export function ReturnDue({ row }: { row: ReturnRow }): ReactNode {
  return <DueText due={row.dueOn} today={useToday()} done={row.submittedOn !== null || row.locked} />
}

export function ReturnCard({ row }: { row: ReturnRow }): ReactNode {
  return (
    <>
      <Link to={`/progress/${row.id}` as string}>
        {row.bodyName} {row.period}
      </Link>
      <div className="zb-line">
        <ReturnMarks row={row} />
        <ReturnDue row={row} />
      </div>
    </>
  )
}
