import { type Actor, hasRole } from '#kernel/grants.ts'
import { type ListingPermission, listingPermissions } from './permissions.ts'
import type { Listing } from './record.ts'

const rolesOf = (permission: ListingPermission) => listingPermissions[permission].roles

/** The body in whose name the actor does what the permission allows; a body of another of their grants is not it. */
export function bodyFor(actor: Actor, permission: ListingPermission): string | null {
  const roles = rolesOf(permission)
  return actor.grants.find((grant) => grant.bodyId !== null && grant.role in roles)?.bodyId ?? null
}

/** Whether the actor may use the permission in the name of this body. */
export function actsAs(actor: Actor, permission: ListingPermission, bodyId: string | null): boolean {
  const roles = rolesOf(permission)
  return bodyId !== null && actor.grants.some((grant) => grant.bodyId === bodyId && grant.role in roles)
}

/**
 * Whether the actor acts for the body that lists. What city or province lists has no body here: the county's committee
 * office follows it up.
 */
export function isListingBody(actor: Actor, listing: Pick<Listing, 'listingBodyId'>): boolean {
  if (listing.listingBodyId === null) return hasRole(actor, 'committeeOffice')
  return actsAs(actor, 'listing.order', listing.listingBodyId)
}

/** Units hear of a listing by its order: what was only asked for, or came to nothing, is a matter among authorities. */
export function isKnownToUnit(listing: Pick<Listing, 'orderedOn'>): boolean {
  return listing.orderedOn !== null
}
