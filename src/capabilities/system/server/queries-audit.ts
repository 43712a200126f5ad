import { type RawBuilder, sql } from 'kysely'
import type { QueryContract } from '#kernel/contract.ts'
import { coreErrors, refuse } from '#kernel/errors.ts'
import { addDays, startOfDay } from '#kernel/time.ts'
import { listDownload, listSource } from '#platform/list/list-download.ts'
import { answer, type QueryContext, type RegisteredDownload, type RegisteredQuery } from '#platform/module/module.ts'
import {
  type AuditFilter,
  type AuditRow,
  auditExport,
  type DeliveryFilter,
  type DeliveryRow,
  deliveryExport,
  listAudit,
  listDeliveries,
  listExports,
  listRefusals,
  type RefusalFilter,
  type RefusalRow,
  refusalExport,
  type TakenOutFilter,
  type TakenOutRow,
  takenOutExport,
} from '../model/index.ts'
import { offsetOf, type SystemDeps, total } from './queries.ts'

/** The rows of a list without an end, and where they come from, to be counted. */
interface Listed<Raw> {
  readonly from: RawBuilder<unknown>
  readonly question: RawBuilder<Raw>
}

async function page<Raw>(context: QueryContext, { from, question }: Listed<Raw>, at: { page: number; size: number }) {
  const { rows } = await sql<Raw>`${question} limit ${at.size} offset ${offsetOf(at)}`.execute(context.db)
  return { rows, total: await total(context, from) }
}

/** Books of the county as a whole: whoever keeps one town or some sectors only has no business in them. */
function wholeCounty(context: QueryContext, { permission }: QueryContract): void {
  const facets = { area: context.county, sectors: null, unitId: null, bodyIds: [] }
  if (!context.can(permission, facets)) refuse(coreErrors.notAllowed)
}

const like = (text: string) => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
const byName = (actor: string | undefined) => (actor ? sql`and actor_name like ${like(actor)}` : sql``)

interface AuditColumns {
  id: string
  at: Date
  actor_name: string
  name: string
  record_type: string
  record_id: string
  seq: number
  summary: string
  from_state: string | null
  to_state: string | null
  hash: Buffer
}

function audited(context: QueryContext, filter: AuditFilter): Listed<AuditColumns> {
  wholeCounty(context, listAudit)
  const parts = [sql`county = ${context.county} ${byName(filter.actor)}`]
  if (filter.recordId) parts.push(sql`record_id = ${filter.recordId}`)
  if (filter.name) parts.push(sql`name = ${filter.name}`)
  if (filter.from) parts.push(sql`at >= ${startOfDay(filter.from)}`)
  if (filter.to) parts.push(sql`at < ${startOfDay(addDays(filter.to, 1))}`)
  const from = sql`action where ${sql.join(parts, sql` and `)}`
  const question = sql<AuditColumns>`
    select id, at, actor_name, name, record_type, record_id, seq, summary, from_state, to_state, hash from ${from}
    order by at desc, id desc`
  return { from, question }
}

const auditRow = ({ titleOf }: SystemDeps, row: AuditColumns): AuditRow => ({
  id: row.id,
  at: row.at.toISOString(),
  actor: row.actor_name,
  name: row.name,
  title: titleOf(row.name),
  recordType: row.record_type,
  recordId: row.record_id,
  seq: row.seq,
  summary: row.summary,
  fromState: row.from_state,
  toState: row.to_state,
  hash: row.hash.toString('hex'),
})

interface RefusalColumns {
  id: string
  at: Date
  actor_name: string
  operation: string
  code: string
  detail: string
}

function refused(context: QueryContext, filter: RefusalFilter): Listed<RefusalColumns> {
  wholeCounty(context, listRefusals)
  const from = sql`refusal where county = ${context.county} ${byName(filter.actor)}`
  const question = sql<RefusalColumns>`
    select id, at, actor_name, operation, code, detail from ${from} order by at desc, id desc`
  return { from, question }
}

const refusalRow = ({ titleOf }: SystemDeps, row: RefusalColumns): RefusalRow => {
  const { at, actor_name: actor, ...rest } = row
  return { ...rest, at: at.toISOString(), actor, title: titleOf(row.operation) }
}

interface TakenOutColumns {
  id: string
  at: Date
  actor_name: string
  title: string
  words: string
  columns: string[]
  format: string
  rows: number
}

function takenOut(context: QueryContext, filter: TakenOutFilter): Listed<TakenOutColumns> {
  wholeCounty(context, listExports)
  const from = sql`export_log where county = ${context.county} ${byName(filter.actor)}`
  const question = sql<TakenOutColumns>`
    select id, at, actor_name, title, words, columns, format, rows from ${from} order by at desc, id desc`
  return { from, question }
}

const takenOutRow = ({ at, actor_name: actor, ...row }: TakenOutColumns): TakenOutRow => ({
  ...row,
  at: at.toISOString(),
  actor,
})

interface DeliveryColumns {
  id: string
  state: DeliveryRow['state']
  channel: string
  address: string
  attempts: number
  last_error: string | null
  next_at: Date
  sent_at: Date | null
  title: string
  recipient_kind: string
  recipient_id: string
}

function delivered(context: QueryContext, filter: DeliveryFilter): Listed<DeliveryColumns> {
  wholeCounty(context, listDeliveries)
  const state = filter.state ? sql`and d.state = ${filter.state}` : sql``
  const from = sql`delivery d join notice n on n.county = d.county and n.id = d.notice_id
    where d.county = ${context.county} ${state}`
  const question = sql<DeliveryColumns>`
    select d.id, d.state, d.channel, d.address, d.attempts, d.last_error, d.next_at, d.sent_at, n.title,
      n.recipient_kind, n.recipient_id from ${from} order by n.created_at desc, d.id desc`
  return { from, question }
}

async function deliveryRow(deps: SystemDeps, context: QueryContext, row: DeliveryColumns): Promise<DeliveryRow> {
  const { recipient_kind: kind, recipient_id: id } = row
  return {
    id: row.id,
    state: row.state,
    channel: row.channel,
    address: row.address,
    attempts: row.attempts,
    error: row.last_error,
    nextAt: row.next_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    title: row.title,
    recipient: kind === 'body' ? deps.bodyName(context.county, id) : await deps.personName(context, id),
  }
}

async function deliveryRows(deps: SystemDeps, context: QueryContext, raws: readonly DeliveryColumns[]) {
  const rows: DeliveryRow[] = []
  for (const raw of raws) rows.push(await deliveryRow(deps, context, raw))
  return rows
}

/** Who did what, who was refused what, who took what out, what left as a message. */
export function auditQueries(deps: SystemDeps): RegisteredQuery[] {
  return [
    answer(listAudit, async (context, input) => {
      const { rows, total: count } = await page(context, audited(context, input), input)
      return { rows: rows.map((row) => auditRow(deps, row)), total: count }
    }),
    answer(listRefusals, async (context, input) => {
      const { rows, total: count } = await page(context, refused(context, input), input)
      return { rows: rows.map((row) => refusalRow(deps, row)), total: count }
    }),
    answer(listExports, async (context, input) => {
      const { rows, total: count } = await page(context, takenOut(context, input), input)
      return { rows: rows.map(takenOutRow), total: count }
    }),
    answer(listDeliveries, async (context, input) => {
      const { rows, total: count } = await page(context, delivered(context, input), input)
      const sums = await sql<{ state: string; n: number }>`
        select state, count(*) as n from delivery where county = ${context.county} group by state`.execute(context.db)
      const counts = Object.fromEntries(sums.rows.map((row) => [row.state, row.n]))
      return { rows: await deliveryRows(deps, context, rows), total: count, counts }
    }),
  ]
}

/** The same as files. */
export function auditDownloads(deps: SystemDeps): RegisteredDownload[] {
  const { exports: desk } = deps
  return [
    listDownload(auditExport, desk, (context, filter) =>
      listSource(audited(context, filter).question, (rows) => rows.map((row) => auditRow(deps, row))),
    ),
    listDownload(refusalExport, desk, (context, filter) =>
      listSource(refused(context, filter).question, (rows) => rows.map((row) => refusalRow(deps, row))),
    ),
    listDownload(takenOutExport, desk, (context, filter) =>
      listSource(takenOut(context, filter).question, (rows) => rows.map(takenOutRow)),
    ),
    listDownload(deliveryExport, desk, (context, filter) =>
      listSource(delivered(context, filter).question, (rows) => deliveryRows(deps, context, rows)),
    ),
  ]
}
