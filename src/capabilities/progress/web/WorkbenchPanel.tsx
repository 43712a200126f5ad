import { Card } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { useCan } from '#shell/session/session.tsx'
import { myReturns, type ReturnRow } from '../model/index.ts'
import { ReturnCard } from './words.tsx'

/** Returns that wait for this person, on the first page. */
export default function WorkbenchPanel(): ReactNode {
  return useCan('progress.read') ? <Mine /> : null
}

function Mine(): ReactNode {
  const { data } = useAsk(myReturns, {})
  if (!data) return null
  return (
    <>
      <Some title="待填报的进展" {...data.fill} />
      <Some title="待本单位审核的进展" {...data.endorse} />
      <Some title="待审定的进展" {...data.accept} />
    </>
  )
}

function Some({ title, rows, total }: { title: string; rows: readonly ReturnRow[]; total: number }): ReactNode {
  if (total === 0) return null
  return (
    <Card size="small" title={`${title}（${total}）`} style={{ marginTop: 12 }}>
      <ul className="zb-plain">
        {rows.map((row) => (
          <li key={row.id}>
            <ReturnCard row={row} />
          </li>
        ))}
      </ul>
    </Card>
  )
}
