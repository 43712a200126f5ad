import { Link } from '@tanstack/react-router'
import { Alert, Card } from 'antd'
import type { ReactNode } from 'react'
import type { UnitView } from '../../model/index.ts'

type Standing = UnitView['standingHazards'][number]

/** 未销号隐患 by the town that handles them; those of before a move stay where they were found, and the page says so. */
export function StandingHazards({ unit }: { unit: UnitView }): ReactNode {
  const rows = unit.standingHazards
  const elsewhere = rows.filter((row) => !row.here)
  return (
    <Card size="small" title="未销号隐患" style={{ marginBottom: 12 }}>
      {rows.length === 0 && '没有未销号的隐患'}
      {elsewhere.length > 0 && (
        <Alert
          type="info"
          style={{ marginBottom: 8 }}
          title="单位迁入前发现的隐患仍由原乡镇办理，直到销号；迁入后新发现的由现在的乡镇办理"
        />
      )}
      <ul className="zb-plain">
        {rows.map((row) => (
          <li key={row.area}>
            <Words row={row} unitId={unit.id} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Words({ row, unitId }: { row: Standing; unitId: string }): ReactNode {
  const search = { unitId, area: row.area, stateType: 'standing' }
  return (
    <>
      {row.areaName} {row.n} 条
      {row.seen > 0 && (
        <>
          ，
          <Link to={'/hazards' as string} search={search as never}>
            {row.seen === row.n ? '打开清单' : `打开您能看到的 ${row.seen} 条`}
          </Link>
        </>
      )}
      {row.seen === 0 && `，不在您的管辖范围内${row.bodyName ? `，需要了解的请联系${row.bodyName}` : ''}`}
    </>
  )
}
