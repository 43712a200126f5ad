import { type Actor, can, type Facets, type PermissionTable } from '#kernel/grants.ts'
import type { Day } from '#kernel/time.ts'
import type { Reader } from '#platform/db/tables.ts'
import { accountsInRoles, loadAccount } from '../store.ts'
import { actorFor, type SessionDeps } from './sessions.ts'

export type Holders = (reader: Reader, permission: string, facets: Facets, on: Day) => Promise<readonly Actor[]>

/** Finds everybody who may use a permission on a record with these facets: whom to tell that something waits for them. */
export function createHolders(deps: SessionDeps, permissions: () => PermissionTable): Holders {
  return async (reader, permission, facets, on) => {
    const table = permissions()
    const roles = Object.keys(table[permission]?.roles ?? {})
    const holders: Actor[] = []
    for (const id of await accountsInRoles(reader, deps.county, roles, on)) {
      const account = await loadAccount(reader, deps.county, id, false)
      const actor = account && (await actorFor(deps, account, on))
      if (actor && can(actor, permission, facets, table)) holders.push(actor)
    }
    return holders
  }
}
