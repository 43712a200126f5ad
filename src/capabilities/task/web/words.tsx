import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { listBodies } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import type { Option } from '#shell/table/types.ts'
import { StateTag } from '#shell/text/tags.tsx'
import { type TaskRow, taskLateness, taskStates } from '../model/index.ts'

/** State, and in words how it stands against its day. */
export function TaskMarks({ row }: { row: Pick<TaskRow, 'state' | 'lateness' | 'daysLate' | 'receipt'> }): ReactNode {
  const { lateness, daysLate, receipt } = row
  const heavy = lateness === 'overdue' || lateness === 'late'
  return (
    <span style={{ display: 'inline-flex', gap: 4, flexWrap: 'wrap' }}>
      <StateTag state={taskStates[row.state]} />
      {lateness && (
        <Tag style={{ margin: 0, fontWeight: heavy ? 700 : 400 }}>
          {taskLateness[lateness]}
          {/* What is still owed has its days beside its deadline. */}
          {lateness === 'late' && daysLate > 0 && `${daysLate}天`}
        </Tag>
      )}
      {receipt && <Tag style={{ margin: 0 }}>{receipt}</Tag>}
    </span>
  )
}

/** All bodies of the directory, as something to choose from. */
export function useBodyOptions(): readonly Option[] {
  const bodies = useAsk(listBodies, {}, { staleTime: 600_000 }).data?.bodies ?? []
  return bodies.map(({ id, name }) => ({ value: id, label: name }))
}

export const pathOf = ({ kind, id }: Pick<TaskRow, 'kind' | 'id'>): string =>
  `/${kind === 'filing' ? 'filings' : 'tasks'}/${id}`
