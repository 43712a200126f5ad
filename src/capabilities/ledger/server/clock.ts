import { createHash } from 'node:crypto'
import { dayOf } from '#kernel/time.ts'
import { queueNotices } from '#platform/actions/effects.ts'
import type { NoticeDraft } from '#platform/actions/types.ts'
import type { ClockHandler } from '#platform/module/module.ts'
import type { Ledger, LedgerItem } from '../model/index.ts'
import { findLedger, type LedgerDeps } from './deps.ts'
import { itemRecord } from './record-types.ts'
import { type ItemReminder, itemReminder } from './reminding.ts'
import { loadItem } from './store.ts'

/** A ledger as something a notice can point at. It is no row anywhere, so its id is made of its name, the same every time. */
export function idOfLedger(id: string): string {
  const hex = createHash('sha256').update(`ledger ${id}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export const ledgerType = 'ledger'

/** Reminds whoever keeps an item of its day. */
export function ledgerClock(deps: LedgerDeps): ClockHandler {
  return {
    recordType: itemRecord.type,
    table: 'ledger_item',
    async fire({ county, recordId, now, rungs }, _run, tx) {
      const item = await loadItem(tx, county, recordId, true)
      const ledger = item && findLedger(deps, item.ledger)
      const today = dayOf(now)
      if (!item || !ledger) return
      // Rungs that come due together, after downtime or for what was listed late, would say the same day several times.
      const latest = rungs
        .flatMap(({ rung, basis }) => {
          const said = itemReminder(item, rung, basis, today)
          return said ? [{ said, key: `${rung}:${basis}` }] : []
        })
        .at(-1)
      if (!latest) return
      const { said, key } = latest
      const body = `${item.title}｜${deps.directory.areaName(county, item.area)}`
      const about = { county, actionId: null, now }
      // A ledger of twenty thousand with one day for all is one matter for its department, not twenty thousand.
      const office = toBody(item, ledger, said, `clock:${ledger.id}:${item.bodyId}:${key}`)
      await queueNotices(tx, { ...about, recordType: ledgerType, recordId: idOfLedger(ledger.id) }, [office])
      const told = { ...said, body }
      const unit = await toUnit(deps, { tx, county }, item, ledger, told, `clock:${recordId}:${key}`)
      await queueNotices(tx, { ...about, recordType: itemRecord.type, recordId }, unit)
    },
  }
}

const toBody = (item: LedgerItem, ledger: Ledger, { kind, words }: ItemReminder, key: string): NoticeDraft => ({
  key,
  to: { kind: 'body', id: item.bodyId },
  kind,
  title: `《${ledger.title}》有事项${words}`,
  body: '请打开台账按“完成情况”筛选，逐项督促办理',
})

/** A unit hears of its own item where the ledger lets it do a step. */
async function toUnit(
  deps: LedgerDeps,
  { tx, county }: { tx: Parameters<LedgerDeps['directory']['unitContacts']>[0]; county: string },
  item: LedgerItem,
  ledger: Ledger,
  { kind, words, body }: ItemReminder & { readonly body: string },
  key: string,
): Promise<NoticeDraft[]> {
  const concerns = ledger.keepers.includes('unit') || ledger.moves.some(({ by }) => by?.includes('unit'))
  if (!concerns || item.unitId === null) return []
  const contacts = await deps.directory.unitContacts(tx, county, item.unitId)
  return contacts
    .filter(({ role }) => role === 'principal')
    .map(({ personId }) => ({
      key: `${key}:${personId}`,
      to: { kind: 'person', id: personId },
      kind,
      title: `《${ledger.title}》${words}`,
      body,
    }))
}
