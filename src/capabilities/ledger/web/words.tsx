import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { useToday } from '#shell/session/session.tsx'
import { none } from '#shell/text/format.ts'
import { DueText, StateTag } from '#shell/text/tags.tsx'
import { type LedgerRow, latenesses } from '../model/index.ts'

/** The state in the ledger's own words, and whether its day was kept. */
export function ItemMarks({
  row,
}: {
  row: Pick<LedgerRow, 'stateLabel' | 'stateType' | 'lateness' | 'stock'>
}): ReactNode {
  const { lateness } = row
  return (
    <span style={{ display: 'inline-flex', gap: 4, flexWrap: 'wrap' }}>
      <StateTag state={{ label: row.stateLabel, type: row.stateType }} />
      {(lateness === 'missed' || lateness === 'late') && (
        <Tag style={{ margin: 0, fontWeight: 600 }}>{latenesses[lateness]}</Tag>
      )}
    </span>
  )
}

export function ItemDue({ row }: { row: Pick<LedgerRow, 'dueOn' | 'stateType'> }): ReactNode {
  const today = useToday()
  if (row.dueOn === null) return none
  return <DueText due={row.dueOn} today={today} done={row.stateType === 'closed' || row.stateType === 'void'} />
}

/** What a rule says; what somebody should look at is set in bold, never in a risk colour. */
export function ComputedWords({
  found,
}: {
  found: { readonly words: string; readonly warns: boolean } | undefined
}): ReactNode {
  if (!found) return none
  return <span style={{ fontWeight: found.warns ? 700 : 400 }}>{found.words}</span>
}

/** An item on a phone. */
export function ItemCard({
  row,
  tools,
  ledger = false,
}: {
  row: LedgerRow
  tools?: ReactNode
  ledger?: boolean
}): ReactNode {
  const place = [row.areaName, row.unitName === row.title ? '' : row.unitName].filter(Boolean).join(' · ')
  return (
    <>
      <div style={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{row.title}</div>
      {ledger && <div>{row.ledgerTitle}</div>}
      <div className="zb-line">{place}</div>
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 8, flexWrap: 'wrap', marginTop: 4 }}>
        <ItemMarks row={row} />
        {row.dueOn !== null && (
          <span>
            期限 <ItemDue row={row} />
          </span>
        )}
      </div>
      {tools}
    </>
  )
}
