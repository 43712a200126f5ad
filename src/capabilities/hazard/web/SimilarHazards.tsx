import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { useSettled } from '#shell/browser/use-settled.ts'
import { findSimilar, hazardStates, type SimilarHazard } from '../model/index.ts'

interface SimilarProps {
  readonly unitId: string | null
  readonly area: string | null
  readonly sector: string | undefined
  readonly description: string
  /** What may be done with a likely twin, such as adding this finding to it. */
  tools?(row: SimilarHazard): ReactNode
}

/** Hazards this one may be: shown while it is typed, so that one hazard does not come to stand twice. */
export function SimilarHazards({ unitId, area, sector, description, tools }: SimilarProps): ReactNode {
  const typed = useSettled(description.trim())
  const enabled = typed.length >= 4 && (unitId !== null || area !== null)
  const input = { unitId, area, sector: sector ?? null, description: typed || '无' }
  const found = useAsk(findSimilar, input, { enabled, keepPrevious: true })
  const rows = enabled ? (found.data?.rows ?? []) : []
  if (rows.length === 0) return null
  return (
    <Alert
      type="warning"
      style={{ marginTop: 8 }}
      title="可能已经登记过，请先核对"
      description={
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {rows.map((row) => (
            <li key={row.id}>
              <Link to={`/hazards/${row.id}` as string} target="_blank">
                {row.number}
              </Link>{' '}
              {row.unitName}，{row.foundOn} 发现，{hazardStates[row.state].label}：{row.description}（{row.why}）{' '}
              {tools?.(row)}
            </li>
          ))}
        </ul>
      }
    />
  )
}
