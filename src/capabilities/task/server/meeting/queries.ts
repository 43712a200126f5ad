import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { coreErrors, refuse } from '#kernel/errors.ts'
import type { ScopeBox } from '#kernel/grants.ts'
import { allowedActions } from '#kernel/lifecycle.ts'
import { inScope } from '#platform/db/scope.ts'
import { listDownload, listSource } from '#platform/list/list-download.ts'
import {
  answer,
  type ExportDesk,
  type QueryContext,
  type RegisteredDownload,
  type RegisteredQuery,
} from '#platform/module/module.ts'
import {
  getMeeting,
  listMeetings,
  type Meeting,
  type MeetingFilter,
  type MeetingRow,
  meetingContracts,
  meetingExport,
  meetingLifecycle,
  taskStates,
} from '../../model/index.ts'
import type { TaskDeps } from '../deps.ts'
import { entriesOf } from '../history.ts'
import { taskFacets } from '../record-type.ts'
import { loadTask } from '../store.ts'
import { meetingFacets, meetingRecord } from './record-type.ts'
import { loadMeeting, type MeetingColumns, meetingOf } from './store.ts'

const contracts = new Map(meetingContracts.map((contract) => [contract.id, contract]))

/** A meeting the caller may see, or undefined. */
export async function visibleMeeting(context: QueryContext, id: string): Promise<Meeting | undefined> {
  const meeting = await loadMeeting(context.db, context.county, id, false)
  return meeting && context.can('task.readMeetings', meetingFacets(meeting)) ? meeting : undefined
}

/** The SQL twin of `meetingFacets`. */
function meetingsInScope(boxes: readonly ScopeBox[]): RawBuilder<SqlBool> {
  const bodies = boxes.flatMap(({ bodyId }) => bodyId ?? [])
  const own = inScope(boxes, { area: 'm.area', bodies: ['m.body_id'] })
  return bodies.length === 0 ? own : sql<SqlBool>`(${own} or m.attendee_body_ids && ${bodies}::text[])`
}

function conditionOf(context: QueryContext, filter: MeetingFilter): RawBuilder<SqlBool> {
  const parts = [sql<SqlBool>`m.county = ${context.county}`, meetingsInScope(context.boxes('task.readMeetings'))]
  if (filter.kind) parts.push(sql<SqlBool>`m.kind = ${filter.kind}`)
  if (filter.bodyId) parts.push(sql<SqlBool>`m.body_id = ${filter.bodyId}`)
  if (filter.heldFrom) parts.push(sql<SqlBool>`m.held_on >= ${filter.heldFrom}`)
  if (filter.heldTo) parts.push(sql<SqlBool>`m.held_on <= ${filter.heldTo}`)
  if (filter.states) parts.push(sql<SqlBool>`m.state = any(${[...filter.states]}::text[])`)
  if (filter.text) parts.push(sql<SqlBool>`position(${filter.text} in m.title) > 0`)
  return sql<SqlBool>`(${sql.join(parts, sql` and `)})`
}

const question = (context: QueryContext, filter: MeetingFilter) => sql<MeetingColumns>`
  select m.* from meeting m where ${conditionOf(context, filter)} order by m.held_on desc, m.id desc`

const rowOf = ({ directory }: TaskDeps, meeting: Meeting): MeetingRow => ({
  id: meeting.id,
  version: meeting.version,
  kind: meeting.kind,
  state: meeting.state,
  title: meeting.title,
  bodyName: directory.bodyName(meeting.county, meeting.bodyId),
  area: meeting.area,
  heldOn: meeting.heldOn,
  place: meeting.detail.place,
  chair: meeting.detail.chair,
  attendees: meeting.attendeeBodyIds.length,
  decisions: meeting.detail.decisions.length,
})

async function decisionRows(deps: TaskDeps, context: QueryContext, meeting: Meeting) {
  return Promise.all(
    meeting.detail.decisions.map(async ({ text, assigneeBodyId, dueOn, taskId }) => {
      const task = taskId ? await loadTask(context.db, context.county, taskId, false) : undefined
      const seen = task && context.can('task.read', taskFacets(task))
      return {
        text,
        assigneeName: assigneeBodyId && deps.directory.bodyName(context.county, assigneeBodyId),
        dueOn: task?.dueOn ?? dueOn,
        task: seen ? { id: task.id, state: taskStates[task.state].label } : null,
      }
    }),
  )
}

const get = (deps: TaskDeps): RegisteredQuery =>
  answer(getMeeting, async (context, { id }) => {
    const meeting = (await visibleMeeting(context, id)) ?? refuse(coreErrors.notFound)
    const viewer = { accountId: context.actor.accountId, originals: true }
    const facets = meetingFacets(meeting)
    const [timeline, attachments, decisions] = await Promise.all([
      entriesOf(context, meetingRecord.type, id, contracts),
      deps.files.list(context.db, context.county, meetingRecord.type, id, viewer),
      decisionRows(deps, context, meeting),
    ])
    const { people, materials, minutes, recordedBy, voidReason } = meeting.detail
    return {
      ...rowOf(deps, meeting),
      attendeeNames: meeting.attendeeBodyIds.map((body) => deps.directory.bodyName(context.county, body)),
      ...{
        people: [...people],
        materials,
        minutes,
        recordedBy,
        voidReason,
        decisionRows: decisions,
        attachments,
        timeline,
      },
      allowedActions: allowedActions(meetingLifecycle, { record: meeting, actor: context.actor }, (action) => {
        const contract = contracts.get(action)
        return contract !== undefined && context.can(contract.permission, facets)
      }),
    }
  })

const list = (deps: TaskDeps): RegisteredQuery =>
  answer(listMeetings, async (context, { page, size, sort: _, ...filter }) => {
    const rows =
      await sql<MeetingColumns>`${question(context, filter)} limit ${size} offset ${(page - 1) * size}`.execute(
        context.db,
      )
    const total = await sql<{ n: number }>`
      select count(*)::integer as n from meeting m where ${conditionOf(context, filter)}`.execute(context.db)
    return { rows: rows.rows.map((row) => rowOf(deps, meetingOf(row))), total: total.rows[0]?.n ?? 0 }
  })

export const meetingQueries = (deps: TaskDeps): RegisteredQuery[] => [list(deps), get(deps)]

export const meetingDownload = (deps: TaskDeps, desk: ExportDesk): RegisteredDownload =>
  listDownload(meetingExport, desk, async (context, filter) =>
    listSource(question(context, filter), (rows) => rows.map((row) => rowOf(deps, meetingOf(row)))),
  )
