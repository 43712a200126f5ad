import * as y from '#capabilities/system/model/index.ts'
import type { QueryContract } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { county } from '#test/kit/hazard-acts.ts'
import { type HazardRow, sidesOf } from '../chronicle.ts'
import { pick, type Question } from '../draw.ts'
import { countyWide } from '../reading.ts'
import { type Visit, withoutRequest } from '../visit.ts'
import { listingsInSight } from './listings.ts'
import { workInSight } from './work.ts'

export const systemOperations = [
  y.listNotices,
  y.listReceipts,
  y.listParameters,
  y.previewParameter,
  y.previewCalendarYear,
  y.listSettingChanges,
  y.getCalendar,
  y.listAudit,
  y.listRefusals,
  y.listExports,
  y.listDeliveries,
  ...[y.auditExport, y.refusalExport, y.takenOutExport, y.deliveryExport].map(({ contract }) => contract),
]

const count = async (visit: Visit, table: string): Promise<number> =>
  (await visit.world.product.product.database.pool.query(`select count(*) as n from ${table}`)).rows[0].n

export async function lookAtSystem(visit: Visit, question: Question): Promise<void> {
  await compareInbox(visit)
  const hazards = visit.world.chronicle.hazards()
  for (const row of pick(hazards, question.picks.slice(0, 3))) await compareReceipts(visit, row)
  await visit.ask(y.getCalendar)
  await visit.ask(y.listParameters)
  await visit.ask(y.previewParameter, { id: 'hazard.progress.staleDays', value: 20, effectiveFrom: '2027-01-01' })
  await visit.ask(y.previewCalendarYear, { year: 2026, holidays: ['2026-10-01'], workdays: [], complete: false })
  // The changes of settings are no way to the history of anything else.
  for (const { id } of pick(hazards, question.picks.slice(0, 2))) {
    const changes = await visit.ask(y.listSettingChanges, { year: id })
    if (changes) visit.same(`system.settingChanges of ${id}`, changes.rows, [])
  }
  // These books are of the county as a whole: whoever keeps one town has no business in them.
  const books = [
    [y.listAudit, 'action', y.auditExport],
    [y.listRefusals, 'refusal', y.refusalExport],
    [y.listExports, 'export_log', y.takenOutExport],
    [y.listDeliveries, 'delivery', y.deliveryExport],
  ] as const
  for (const [at, [contract, table, file]] of books.entries()) {
    const rows = await count(visit, table)
    const { status, body } = await visit.visitor.get(contract, { size: 5 })
    const open = visit.reading.may(contract.permission, countyWide(county))
    visit.same(contract.id, [status, open ? body.total : body.code], open ? [200, rows] : [403, 'core.notAllowed'])
    // The books are long; each person who may takes one of them along, and whoever may not tries all.
    if (open && at !== (question.picks[0] ?? 0) % books.length) continue
    await compareBook(visit, file.contract, table, open)
  }
}

async function compareBook(visit: Visit, contract: QueryContract, table: string, open: boolean): Promise<void> {
  const rows = await count(visit, table)
  if (open) return visit.same(contract.id, (await visit.sheet(contract, {}))?.length, rows + 1)
  const { status, body } = await visit.visitor.get(contract, {})
  visit.same(contract.id, [status, body.code], [403, 'core.notAllowed'])
}

interface NoticeRow {
  readonly id: string
  readonly record_type: string
  readonly record_id: string
}

/** What is for the account or for a body it acts for, and a way to the record only as long as it may be seen. */
async function compareInbox(visit: Visit): Promise<void> {
  const inbox = await visit.ask(y.listNotices, { size: 200 })
  const { rows } = await visit.world.product.product.database.pool.query<NoticeRow>(
    `select id, record_type, record_id from notice
     where recipient_kind = 'account' and recipient_id = $1 or recipient_kind = 'body' and recipient_id = any($2)
     order by created_at desc, id desc`,
    [visit.visitor.accountId, visit.reading.bodies],
  )
  visit.same('system.inbox total', inbox.total, rows.length)
  visit.same('system.inbox unread', inbox.unread, rows.length)
  const shown = inbox.rows.map((row: { id: string; path: string | null }) => [row.id, row.path !== null])
  const others = new Map([...(await listingsInSight(visit)), ...(await workInSight(visit))])
  const expected = rows.slice(0, 200).map(({ id, record_type: type, record_id: recordId }) => {
    const hazard = visit.world.chronicle.hazardAt(recordId, undefined)
    const ofHazard = hazard !== undefined && visit.reading.may('hazard.read', sidesOf(hazard))
    return [id, type === 'hazard' ? ofHazard : others.get(recordId)]
  })
  visit.same('system.inbox', shown, expected)
}

async function compareReceipts(visit: Visit, row: HazardRow): Promise<void> {
  const ask = (recordId: string) => visit.visitor.get(y.listReceipts, { recordType: 'hazard', recordId })
  const answer = await ask(row.id)
  const seen = visit.reading.may('hazard.read', sidesOf(row))
  visit.same(`system.receipts of ${row.id}`, answer.status, seen ? 200 : 404)
  if (seen) return
  const nobody = await visit.nowhere(y.listReceipts.id, () => ask(newId(0)))
  visit.same(`system.receipts of ${row.id} say`, withoutRequest(answer), nobody)
}
