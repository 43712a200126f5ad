import type { Directory } from '#capabilities/directory/model/index.ts'
import { type Grant, roles } from '#kernel/grants.ts'
import type { Day } from '#kernel/time.ts'
import type { Reader } from '#platform/db/tables.ts'
import {
  type Account,
  type AccountGrant,
  type AccountGrantView,
  type AccountRow,
  accountStates,
  isEffective,
} from '../model/index.ts'

/** What every view needs to turn codes into names. */
export interface Naming {
  readonly directory: Directory<Reader>
  readonly db: Reader
  readonly county: string
}

/** A grant with the names of what it points at; a unit that is gone keeps its id and loses its name. */
export async function namedGrant(naming: Naming, grant: Grant) {
  const { directory, db, county } = naming
  const unit = grant.unitId ? await directory.findUnit(db, county, grant.unitId) : undefined
  return {
    role: grant.role,
    area: grant.area,
    areaName: directory.areaName(county, grant.area),
    sectors: grant.sectors ? [...grant.sectors] : null,
    unitId: grant.unitId,
    unitName: unit?.name ?? null,
    bodyId: grant.bodyId,
    bodyName: grant.bodyId ? directory.bodyName(county, grant.bodyId) : null,
  }
}

export async function grantView(naming: Naming, grant: AccountGrant, today: Day): Promise<AccountGrantView> {
  const { directory, county } = naming
  return {
    ...(await namedGrant(naming, grant)),
    id: grant.id,
    roleName: roles[grant.role],
    sectorNames: grant.sectors?.map((id) => directory.sectorName(county, id)) ?? null,
    from: grant.from,
    to: grant.to,
    effective: isEffective(grant, today),
  }
}

/** An account as lists and the detail page show it, with the grants given (the list shows only those of today). */
export async function accountRow(
  naming: Naming,
  account: Account,
  grants: readonly AccountGrant[],
  today: Day,
): Promise<AccountRow> {
  return {
    id: account.id,
    version: account.version,
    login: account.login,
    name: account.name,
    personId: account.personId,
    state: account.state,
    stateName: accountStates[account.state].label,
    createdOn: account.createdOn,
    mustChangePassword: account.mustChangePassword,
    passwordSetOn: account.passwordSetOn,
    grants: await Promise.all(grants.map((grant) => grantView(naming, grant, today))),
  }
}
