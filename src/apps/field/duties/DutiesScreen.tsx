import type { ReactNode } from 'react'
import { type ItemRow, itemStates, listItems, progressWords } from '#capabilities/duty/model/index.ts'
import { addDays } from '#kernel/time.ts'
import { useAsk } from '#shell/api/queries.ts'
import { Card, DueText, EmptyNote, ErrorNote, Loading, StateTag } from '#shell/phone/parts.tsx'
import { Link } from '#shell/phone/router.tsx'
import { useToday } from '#shell/session/session.tsx'

/** Far enough ahead for this half-year's drill, near enough that next year's list is no burden. */
const aheadDays = 200
const backDays = 400
const most = 100

/** What the unit has to do: what can be done now first, then what was missed, then what is done. */
export function DutiesScreen(): ReactNode {
  const today = useToday()
  const span = { dueFrom: addDays(today, -backDays), dueTo: addDays(today, aheadDays) }
  const answer = useAsk(listItems, { ...span, size: most, sort: 'dueOn' })
  // What was missed stays owed, however long ago it was: it can still be made up for.
  const missed = useAsk(listItems, { states: ['short', 'missed'], begunBy: today, size: most, sort: '-dueOn' })
  const error = answer.error ?? missed.error
  if (error) return <ErrorNote error={error} onRetry={() => void Promise.all([answer.refetch(), missed.refetch()])} />
  if (!answer.data || !missed.data) return <Loading />
  const { rows } = answer.data
  const late = missed.data.rows
  const current = rows.filter(
    (row) => row.startOn <= today && row.dueOn >= today && itemStates[row.state].type === 'open',
  )
  const done = rows.filter((row) => ['met', 'metLate', 'unverified'].includes(row.state)).reverse()
  return (
    <>
      <Group title="现在要做" rows={current} empty="本期的职责都已完成" />
      {late.length > 0 && <Group title="逾期未完成" rows={late} />}
      {done.length > 0 && <Group title="已完成" rows={done.slice(0, 12)} />}
    </>
  )
}

function Group({ title, rows, empty }: { title: string; rows: readonly ItemRow[]; empty?: string }): ReactNode {
  return (
    <Card title={`${title}（${rows.length}）`}>
      {rows.length === 0 && empty && <EmptyNote why={empty} />}
      <ul className="p-items">
        {rows.map((row) => (
          <DutyItem key={row.id} row={row} />
        ))}
      </ul>
    </Card>
  )
}

/** A duty in a list: what, for when, how far it is. */
export function DutyItem({ row }: { row: ItemRow }): ReactNode {
  const today = useToday()
  const { type } = itemStates[row.state]
  return (
    <li>
      <Link to={`/duties/items/${row.id}`} className="p-item">
        <strong>{row.title}</strong>
        <span className="p-line">
          <StateTag state={itemStates[row.state]} />
          <span>{row.periodLabel}</span>
          <span>{progressWords(row)}</span>
        </span>
        <span className="p-line">
          {row.subjectKind === 'person' && <span>{row.subjectName}</span>}
          <DueText due={row.dueOn} today={today} done={type === 'closed'} />
        </span>
      </Link>
    </li>
  )
}
