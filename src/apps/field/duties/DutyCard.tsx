import type { ReactNode } from 'react'
import { myDuties } from '#capabilities/duty/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { Card } from '#shell/phone/parts.tsx'
import { Link } from '#shell/phone/router.tsx'
import { DutyItem } from './DutiesScreen.tsx'

/** On the workbench: the duties that can be done now; a touch opens the form. */
export function DutyCard(): ReactNode {
  const { data } = useAsk(myDuties, {})
  if (!data || data.rows.length === 0) return null
  return (
    <Card title={`我的履责（即将到期${data.dueSoon}，逾期${data.overdue}）`} extra={<Link to="/duties">全部</Link>}>
      <ul className="p-items">
        {data.rows.slice(0, 3).map((row) => (
          <DutyItem key={row.id} row={row} />
        ))}
      </ul>
    </Card>
  )
}
