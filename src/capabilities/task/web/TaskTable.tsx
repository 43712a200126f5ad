import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ListExport, ListSpec } from '#kernel/list/list.ts'
import { useToday } from '#shell/session/session.tsx'
import { RecordTable } from '#shell/table/RecordTable.tsx'
import { formatDay, none } from '#shell/text/format.ts'
import { DueText } from '#shell/text/tags.tsx'
import type { TaskKind, TaskRow } from '../model/index.ts'
import { pathOf, TaskMarks, useBodyOptions } from './words.tsx'

const controls = ['states', 'lateness', 'bodyId', 'year', 'clause', 'text']

function Due({ row }: { row: TaskRow }): ReactNode {
  const running = ['issued', 'received', 'doing', 'returned'].includes(row.state)
  return <DueText due={row.dueOn} today={useToday()} done={!running} />
}

const cells = {
  period: (row: TaskRow) => row.period || none,
  state: (row: TaskRow) => <TaskMarks row={row} />,
  due: (row: TaskRow) => <Due row={row} />,
  submitted: (row: TaskRow) => formatDay(row.submittedOn),
  receipt: (row: TaskRow) => row.receipt ?? none,
}

interface TaskTableProps {
  readonly kind: TaskKind
  readonly list: ListSpec<TaskRow>
  readonly exporting: ListExport<TaskRow>
  readonly empty: { readonly why: string; readonly next?: string }
}

/** Tasks or filings, whichever the list is of. */
export function TaskTable({ kind, list, exporting, empty }: TaskTableProps): ReactNode {
  return (
    <RecordTable
      list={list}
      cells={cells}
      base={{ kind }}
      controls={controls}
      choices={{ body: useBodyOptions() }}
      rowKey={(row) => row.id}
      href={pathOf}
      card={(row) => <TaskCard row={row} />}
      exporting={exporting}
      empty={empty}
    />
  )
}

export function TaskCard({ row }: { row: TaskRow }): ReactNode {
  return (
    <>
      <Link to={pathOf(row) as string}>{row.title}</Link>
      <div className="zb-line">
        <TaskMarks row={row} />
        <span>{row.assigneeName}</span>
        <Due row={row} />
      </div>
    </>
  )
}
