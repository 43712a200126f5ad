import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Day } from '#kernel/time.ts'
import { type ItemState, soonDays } from '../../model/index.ts'

/** The SQL twin of `itemStateOf`, over a row of duty_item called i. */
export const stateSql = (today: Day): RawBuilder<ItemState> => sql<ItemState>`
  case when i.exempt then 'exempt'
    when i.met_on <= i.due_on then 'met'
    when i.met_on is not null then 'metLate'
    when i.pending > 0 and i.done + i.pending >= i.quota then 'unverified'
    when ${today}::date > i.due_on then case when i.done + i.pending > 0 then 'short' else 'missed' end
    when i.start_on <= ${today}::date and i.due_on - ${soonDays}::int <= ${today}::date then 'dueSoon'
    else 'notDue' end`

const unfinished: ReadonlySet<ItemState> = new Set(['notDue', 'dueSoon', 'unverified', 'short', 'missed'])
const overdue: ReadonlySet<ItemState> = new Set(['short', 'missed'])

/** Items in one of these states, said so that the index over what is open finds the few among the many. */
export function inStates(states: readonly ItemState[], today: Day): RawBuilder<SqlBool> {
  const parts = [sql<SqlBool>`${stateSql(today)} = any(${[...states]}::text[])`]
  if (states.every((state) => unfinished.has(state))) parts.push(sql<SqlBool>`i.met_on is null and not i.exempt`)
  if (states.every((state) => overdue.has(state))) parts.push(sql<SqlBool>`i.due_on < ${today}::date`)
  return sql<SqlBool>`(${sql.join(parts, sql` and `)})`
}
