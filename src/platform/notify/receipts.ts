import { sql } from 'kysely'
import type { Reader } from '../db/tables.ts'

export interface SentNotice {
  /** `person:`, `body:` or `account:` and the id. */
  readonly to: string
  readonly title: string
  readonly at: string
  readonly readAt: string | null
  readonly delivery: string
}

/** Who was told of a record, the newest first, and whether it reached them: the proof of 送达. */
export async function noticesAbout(reader: Reader, county: string, recordId: string): Promise<SentNotice[]> {
  const result = await sql<{ to: string; title: string; at: Date; read_at: Date | null; delivery: string | null }>`
    select n.recipient_kind || ':' || n.recipient_id as "to", n.title, n.created_at as at,
      (select min(r.read_at) from notice_receipt r where r.county = n.county and r.notice_id = n.id) as read_at,
      (select d.state from delivery d where d.county = n.county and d.notice_id = n.id limit 1) as delivery
    from notice n where n.county = ${county} and n.record_id = ${recordId}
    order by n.created_at desc limit 100`.execute(reader)
  return result.rows.map((row) => ({
    to: row.to,
    title: row.title,
    at: row.at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
    delivery: row.delivery ?? 'none',
  }))
}
