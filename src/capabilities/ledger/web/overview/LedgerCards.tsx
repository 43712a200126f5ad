import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { DoneBar, doneOf, percentOf } from '../numbers/bars.tsx'
import type { LedgerLine } from './line.ts'

/** The ledgers on a phone. */
export function LedgerCards({ lines }: { lines: readonly LedgerLine[] }): ReactNode {
  return (
    <ul className="zb-cards" aria-label="台账一览">
      {lines.map((line) => (
        <li key={line.id}>
          <Link to={`/ledgers/${line.id}` as string} className="zb-card">
            <div style={{ fontWeight: 600 }}>{line.title}</div>
            <div className="zb-line">{line.population}</div>
            <div style={{ display: 'flex', justifyContent: 'space-between', gap: 8, margin: '4px 0' }}>
              <span>
                办结 {doneOf(line)} / 应办 {line.due}（{percentOf(line)}）
              </span>
              {line.missed > 0 && <strong>逾期 {line.missed}</strong>}
            </div>
            <DoneBar counts={line} />
          </Link>
        </li>
      ))}
    </ul>
  )
}
