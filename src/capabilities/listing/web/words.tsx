import { SoundOutlined } from '@ant-design/icons'
import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { listingLevels } from '#capabilities/hazard/model/index.ts'
import { useToday } from '#shell/session/session.tsx'
import { formatWorkingDaysLeft } from '#shell/text/format.ts'
import { DueText, StateTag } from '#shell/text/tags.tsx'
import { type ListingRow, listingStates, listingSteps } from '../model/index.ts'

/** State, who lists, and whether the public has been told; in words, since an order nobody may read binds nobody. */
export function ListingMarks({ row }: { row: ListingRow }): ReactNode {
  const today = useToday()
  const late = [
    ...(row.overdue ? ['整改逾期'] : []),
    ...row.steps.filter(({ dueOn }) => dueOn < today).map(({ step }) => `${listingSteps[step]}逾期`),
  ]
  return (
    <span style={{ display: 'inline-flex', gap: 4, flexWrap: 'wrap' }}>
      <StateTag state={listingStates[row.state]} />
      <Tag style={{ margin: 0 }}>{listingLevels[row.level]}挂牌</Tag>
      {row.state === 'ordered' && (
        <Tag icon={<SoundOutlined aria-hidden />} style={{ margin: 0 }}>
          {row.publicisedOn ? '已公示' : '未公示'}
        </Tag>
      )}
      {row.askedOn && <Tag style={{ margin: 0 }}>已申请销案</Tag>}
      {late.map((words) => (
        <Tag key={words} style={{ margin: 0, fontWeight: 700 }}>
          {words}
        </Tag>
      ))}
    </span>
  )
}

export const ended = (row: ListingRow): boolean => row.endedOn !== null

/** Nothing of the rectification runs any more: the listing is over, or the hazard is closed. */
export const workDone = (row: ListingRow): boolean => ended(row) || row.hazardClosedOn !== null

/** What the listing body owes now, each with its day and how many working days are left. */
export function StepsDue({ row }: { row: ListingRow }): ReactNode {
  const today = useToday()
  return row.steps.map(({ step, dueOn, workingDaysLeft }) => (
    <div key={step}>
      {listingSteps[step]}{' '}
      <DueText due={dueOn} today={today} left={formatWorkingDaysLeft(workingDaysLeft, dueOn, today)} />
    </div>
  ))
}
