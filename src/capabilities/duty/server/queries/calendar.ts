import { type SqlBool, sql } from 'kysely'
import { grantedBodies } from '#kernel/grants.ts'
import { answer, type QueryContext, type RegisteredQuery } from '#platform/module/module.ts'
import { type CalendarLine, dutyCalendar } from '../../model/index.ts'
import type { DutyDeps } from '../deps.ts'
import type { ItemColumns } from '../store.ts'
import { itemColumns, rowOf, seenItems, withNames } from './items.ts'

const mostLines = 150

interface Asked {
  readonly unitId?: string | undefined
  readonly bodyId?: string | undefined
  readonly area?: string | undefined
}

/** Whose calendar it is: as asked, or the viewer's own unit or body. */
function subjectOf({ actor }: QueryContext, asked: Asked): Asked {
  if (asked.unitId ?? asked.bodyId ?? asked.area) return asked
  const unitId = actor.grants.find((grant) => grant.unitId !== null)?.unitId
  return unitId ? { unitId } : { bodyId: grantedBodies(actor)[0] }
}

function whose({ unitId, bodyId, area }: Asked) {
  if (unitId) return sql<SqlBool>`i.unit_id = ${unitId}`
  if (bodyId) return sql<SqlBool>`i.body_id = ${bodyId}`
  return area ? sql<SqlBool>`i.area = ${area} and i.unit_id is null` : sql<SqlBool>`false`
}

export const calendarQuery = (deps: DutyDeps): RegisteredQuery =>
  answer(dutyCalendar, async (context, { year, ...asked }) => {
    const { county } = context
    const subject = subjectOf(context, asked)
    const result = await sql<ItemColumns & { area: string }>`
      select ${itemColumns} from duty_item i ${withNames(county)}
      where ${seenItems(context)} and ${whose(subject)} and i.start_on <= ${`${year}-12-31`} and i.end_on >= ${`${year}-01-01`}
      order by i.start_on, i.id`.execute(context.db)
    const lines = linesOf(deps, context, result.rows)
    return {
      subject: nameOf(deps, context, subject, result.rows[0]),
      lines: lines.slice(0, mostLines),
      leftOut: Math.max(0, lines.length - mostLines),
    }
  })

function nameOf(
  { directory }: DutyDeps,
  { county }: QueryContext,
  asked: Asked,
  first: ItemColumns | undefined,
): string {
  if (asked.unitId) return first?.unit_name ?? ''
  if (asked.bodyId) return directory.bodyName(county, asked.bodyId)
  return asked.area ? directory.areaName(county, asked.area) : ''
}

/** A line per rule and subject, in the order of the pack. */
function linesOf(deps: DutyDeps, context: QueryContext, rows: readonly ItemColumns[]): CalendarLine[] {
  const order = [...deps.book.rules.keys()]
  const groups = Map.groupBy(rows, (row) => `${row.rule}|${row.subject_id}`)
  const lines = [...groups.values()].flatMap((group): CalendarLine[] => {
    const items = group.map((row) => rowOf(deps, context, row))
    const [first] = items
    if (!first) return []
    const { rule, title, clauses, unit, subjectName } = first
    const cells = items.map((item) => ({ ...item, label: item.periodLabel }))
    return [{ rule, title, clauses, unit, subjectName, cells }]
  })
  return lines.sort(
    (a, b) => order.indexOf(a.rule) - order.indexOf(b.rule) || a.subjectName.localeCompare(b.subjectName),
  )
}
