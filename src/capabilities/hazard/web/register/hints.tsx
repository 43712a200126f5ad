import { Alert, Tag } from 'antd'
import type { ReactNode } from 'react'
import { suggestCriteria } from '#capabilities/criteria/model/index.ts'
import { showRoute } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { useSettled } from '#shell/browser/use-settled.ts'

/** Where the matter will go, before it is sent. */
export function RouteHint({ sector, area }: { sector: string; area: string }): ReactNode {
  const route = useAsk(showRoute, { sector, area }, { staleTime: 600_000 }).data
  if (!route) return null
  const town = route.townBodyName ? `，属地：${route.townBodyName}` : ''
  return (
    <>
      登记后由 {route.leadBodyName} 办理{town}
      {route.reason && <div>{route.reason}</div>}
    </>
  )
}

interface LikelyProps {
  readonly sector: string | undefined
  readonly unitSectors?: readonly string[] | undefined
  readonly description: string
  readonly on: string | undefined
}

/** The likeliest criteria while the finding is typed, so that a major hazard is not entered as a general one. */
export function LikelyCriteria({ sector, unitSectors, description, on }: LikelyProps): ReactNode {
  const typed = useSettled(description.trim())
  const enabled = sector !== undefined && typed.length >= 4
  const input = {
    description: typed,
    sector: sector ?? 'none',
    sectors: [...(unitSectors ?? [])],
    ...(on ? { on } : {}),
  }
  const { data } = useAsk(suggestCriteria, input, { enabled, keepPrevious: true })
  const rows = enabled ? (data?.rows ?? []).slice(0, 3) : []
  if (rows.length === 0) return null
  return (
    <Alert
      type="info"
      style={{ marginTop: 8 }}
      title="请对照重大事故隐患判定标准，符合的在下面选“重大隐患”并选定条目"
      description={
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {rows.map((row) => (
            <li key={row.id}>
              {row.text}
              {row.confidence !== 'high' && <Tag style={{ marginInlineStart: 4 }}>未核实</Tag>}
              <div style={{ fontSize: 12 }}>
                《{row.standardTitle}》{row.no}　{row.reason}
              </div>
            </li>
          ))}
        </ul>
      }
    />
  )
}
