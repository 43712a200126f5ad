import { type RawBuilder, sql } from 'kysely'
import { coreErrors, refuse } from '#kernel/errors.ts'
import type { RecordIdentity } from '#kernel/record.ts'
import {
  answer,
  type ExportDesk,
  type QueryContext,
  type RecordSight,
  type RegisteredQuery,
} from '#platform/module/module.ts'
import { listNotices, listReceipts, type NoticeRow } from '../model/index.ts'
import type { PackDeps } from './queries-pack.ts'
import { type SettingDeps, settingQueries } from './queries-settings.ts'
import { countUnread, noticesFor } from './store.ts'

export interface SystemDeps extends SettingDeps, PackDeps {
  /** How each record type is seen, for links from notices. Asked late, since modules are built one after another. */
  readonly sights: () => ReadonlyMap<string, RecordSight>
  /** Chinese titles of operations by their id. */
  readonly titleOf: (operation: string) => string
  readonly bodyName: (county: string, id: string) => string
  readonly personName: (context: QueryContext, id: string) => Promise<string>
  readonly exports: ExportDesk
}

interface NoticeColumns extends Pick<RecordIdentity, 'id'> {
  kind: string
  title: string
  body: string
  record_type: string
  record_id: string
  created_at: Date
  read_at: Date | null
}

export const offsetOf = (page: { page: number; size: number }) => (page.page - 1) * page.size

export async function total(context: QueryContext, from: RawBuilder<unknown>): Promise<number> {
  const result = await sql<{ n: number }>`select count(*) as n from ${from}`.execute(context.db)
  return result.rows[0]?.n ?? 0
}

const inbox = (deps: SystemDeps) =>
  answer(listNotices, async (context, input) => {
    const { actor } = context
    const unread = input.unreadOnly ? sql`and r.read_at is null` : sql``
    const from = sql`notice n left join notice_receipt r
      on r.county = n.county and r.notice_id = n.id and r.account_id = ${actor.accountId}
      where n.county = ${context.county} and ${noticesFor(actor)} ${unread}`
    const result = await sql<NoticeColumns>`
      select n.id, n.kind, n.title, n.body, n.record_type, n.record_id, n.created_at, r.read_at from ${from}
      order by n.created_at desc, n.id desc limit ${input.size} offset ${offsetOf(input)}`.execute(context.db)
    const rows: NoticeRow[] = []
    for (const row of result.rows) {
      const seen = await deps.sights().get(row.record_type)?.sight(context, row.record_id)
      rows.push({
        id: row.id,
        kind: row.kind,
        title: row.title,
        body: row.body,
        recordType: row.record_type,
        recordId: row.record_id,
        at: row.created_at.toISOString(),
        readAt: row.read_at?.toISOString() ?? null,
        path: seen?.path ?? null,
      })
    }
    return { rows, total: await total(context, from), unread: await countUnread(context.db, actor) }
  })

interface ReceiptColumns {
  id: string
  title: string
  created_at: Date
  recipient_kind: string
  recipient_id: string
  state: string | null
  channel: string | null
  last_error: string | null
  readers: { name: string; at: string }[] | null
}

const receipts = (deps: SystemDeps) =>
  answer(listReceipts, async (context, input) => {
    const seen = await deps.sights().get(input.recordType)?.sight(context, input.recordId)
    if (!seen) refuse(coreErrors.notFound)
    if (seen?.receipts === false) refuse(coreErrors.notAllowed)
    const result = await sql<ReceiptColumns>`
      select n.id, n.title, n.created_at, n.recipient_kind, n.recipient_id, d.state, d.channel, d.last_error,
        (select json_agg(json_build_object('name', coalesce(a.name, ''), 'at', r.read_at) order by r.read_at)
         from notice_receipt r left join account a on a.county = r.county and a.id = r.account_id
         where r.county = n.county and r.notice_id = n.id) as readers
      from notice n left join delivery d on d.county = n.county and d.notice_id = n.id
      where n.county = ${context.county} and n.record_id = ${input.recordId} and n.record_type = ${input.recordType}
      order by n.created_at desc limit 200`.execute(context.db)
    const rows = []
    for (const row of result.rows) {
      const { recipient_kind: kind, recipient_id: id } = row
      rows.push({
        noticeId: row.id,
        title: row.title,
        at: row.created_at.toISOString(),
        recipient: kind === 'body' ? deps.bodyName(context.county, id) : await deps.personName(context, id),
        readers: (row.readers ?? []).map(({ name, at }) => ({ name, at: new Date(at).toISOString() })),
        delivery: row.state ? { state: row.state, channel: row.channel ?? '', error: row.last_error } : null,
      })
    }
    return { rows }
  })

export function systemQueries(deps: SystemDeps): RegisteredQuery[] {
  return [inbox(deps), receipts(deps), ...settingQueries(deps)]
}
