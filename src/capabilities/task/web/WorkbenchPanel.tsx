import { Card } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { useCan } from '#shell/session/session.tsx'
import { myPlanTasks, type TaskRow } from '../model/index.ts'
import { TaskCard } from './TaskTable.tsx'

/** Tasks and filings that wait for this person, on the first page. */
export default function WorkbenchPanel(): ReactNode {
  return useCan('task.read') ? <Mine /> : null
}

function Mine(): ReactNode {
  const { data } = useAsk(myPlanTasks, {})
  if (!data) return null
  return (
    <>
      <Some title="等本单位办理的任务和备案" {...data.handle} />
      <Some title="等您审核的任务和备案" {...data.judge} />
    </>
  )
}

function Some({ title, rows, total }: { title: string; rows: readonly TaskRow[]; total: number }): ReactNode {
  if (total === 0) return null
  return (
    <Card size="small" title={`${title}（${total}）`} style={{ marginTop: 12 }}>
      <ul className="zb-plain">
        {rows.map((row) => (
          <li key={row.id}>
            <TaskCard row={row} />
          </li>
        ))}
      </ul>
    </Card>
  )
}
