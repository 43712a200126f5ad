import { dayOf } from '#kernel/time.ts'
import { queueNotices } from '#platform/actions/effects.ts'
import type { ClockEnv } from '#platform/actions/types.ts'
import type { ClockHandler } from '#platform/module/module.ts'
import { stepReminder } from '../model/index.ts'
import type { ListingDeps } from './deps.ts'
import { noticeLine, tellListingBody } from './notices.ts'
import { listingRecord } from './record-type.ts'
import { loadListing } from './store.ts'

/** Reminds the listing body of what it owes. */
export function listingClock(deps: ListingDeps, env: ClockEnv): ClockHandler {
  return {
    recordType: listingRecord.type,
    table: 'listing',
    async fire({ county, recordId, now, rungs }, _run, tx) {
      const listing = await loadListing(tx, county, recordId, true)
      const today = dayOf(now)
      for (const { rung, basis } of rungs) {
        const said = listing && stepReminder(listing, rung, basis, today, env)
        if (!said) continue
        const words = { kind: said.kind, title: said.title, body: `${noticeLine(listing)}｜期限 ${basis}` }
        const key = `clock:${recordId}:${rung}:${basis}`
        const notices = await tellListingBody(deps, { tx, county, today }, key, listing, words)
        await queueNotices(tx, { county, recordType: listingRecord.type, recordId, actionId: null, now }, notices)
      }
    },
  }
}
