import type { Actor } from '#kernel/grants.ts'
import { refusalFor } from '#kernel/lifecycle.ts'
import type { Day } from '#kernel/time.ts'
import type { NoticeDraft } from '#platform/actions/types.ts'
import type { Tx } from '#platform/db/tables.ts'
import {
  approveListing,
  bodyFor,
  isListingBody,
  type Listing,
  type ListingPermission,
  listingLifecycle,
} from '../model/index.ts'
import type { ListingDeps } from './deps.ts'
import { listingFacets } from './record-type.ts'

export interface Words {
  readonly kind: string
  readonly title: string
  readonly body: string
}

interface Moment {
  readonly tx: Tx
  readonly county: string
  readonly today: Day
}

/** One line by which people recognise the listing in a notice. */
export const noticeLine = (listing: Pick<Listing, 'unitName' | 'hazardNumber'>): string =>
  `${listing.unitName}｜${listing.hazardNumber}`

export const tellBody = (key: string, bodyId: string, words: Words): NoticeDraft => ({
  key: `${key}:${words.kind}:${bodyId}`,
  to: { kind: 'body', id: bodyId },
  ...words,
})

export const tellAccount = (key: string, accountId: string, words: Words): NoticeDraft => ({
  key: `${key}:${words.kind}:${accountId}`,
  to: { kind: 'account', id: accountId },
  ...words,
})

/** By body where people act for one, since whoever of it comes first shall do it, else by account. */
export function tellActing(
  able: readonly Actor[],
  permission: ListingPermission,
  key: string,
  words: Words,
): NoticeDraft[] {
  const drafts = able.map((actor) => {
    const bodyId = bodyFor(actor, permission)
    return bodyId ? tellBody(key, bodyId, words) : tellAccount(key, actor.accountId, words)
  })
  return [...new Map(drafts.map((draft) => [draft.key, draft])).values()]
}

/** Those who may approve what was proposed; whom a guard would turn away, such as the proposer, is not asked. */
export async function tellApprovers(
  deps: ListingDeps,
  { tx, today }: Moment,
  key: string,
  listing: Listing,
  words: Words,
): Promise<NoticeDraft[]> {
  const { id, permission } = approveListing
  const holders = await deps.holders(tx, permission, listingFacets(listing), today)
  const able = holders.filter((actor) => !refusalFor(listingLifecycle, id, { record: listing, actor }))
  return tellActing(able, 'listing.approve', key, words)
}

/** The listing body; for what city or province lists, those who follow it up. */
export async function tellListingBody(
  deps: ListingDeps,
  { tx, today }: Moment,
  key: string,
  listing: Listing,
  words: Words,
): Promise<NoticeDraft[]> {
  if (listing.listingBodyId !== null) return [tellBody(key, listing.listingBodyId, words)]
  const holders = await deps.holders(tx, 'listing.order', listingFacets(listing), today)
  const able = holders.filter((actor) => isListingBody(actor, listing))
  return tellActing(able, 'listing.order', key, words)
}

/**
 * The unit's principal and actual controller, both (M17-7). Where the directory knows nobody to tell, the town is told
 * so, since an order that reaches nobody must not pass for one that was served.
 */
export async function tellUnit(
  deps: ListingDeps,
  { tx, county }: Moment,
  key: string,
  listing: Listing,
  otherwise: string,
  words: Words,
): Promise<NoticeDraft[]> {
  const contacts = listing.unitId ? await deps.directory.unitContacts(tx, county, listing.unitId) : []
  const people = [...new Set(contacts.map((contact) => contact.personId))]
  if (people.length > 0) {
    return people.map((id) => ({ key: `${key}:${words.kind}:${id}`, to: { kind: 'person', id }, ...words }))
  }
  const title = `未能通知到单位：${words.title}`
  const body = `名录中没有“${listing.unitName}”的主要负责人和实际控制人，请当面送达并补登联系人｜${words.body}`
  return [tellBody(key, otherwise, { kind: `${words.kind}:nobody`, title, body })]
}
