import { isWithin } from '#kernel/area.ts'
import type { Facets, Role } from '#kernel/grants.ts'
import type { RecordIdentity } from '#kernel/record.ts'
import type { Day } from '#kernel/time.ts'

export type AccountState = 'active' | 'disabled'

/** One row of an account's grants. It holds from `from` to `to`, both days included; `to: null` = until further notice. */
export interface AccountGrant {
  readonly id: string
  readonly role: Role
  readonly area: string
  /** `null` = not limited, except for a department: there it means the sectors its body leads. */
  readonly sectors: readonly string[] | null
  readonly unitId: string | null
  readonly bodyId: string | null
  readonly from: Day
  /** A day before `from` marks a grant that was withdrawn on the day it began. */
  readonly to: Day | null
}

/** Who may sign in, and what for. The password is not part of it: no list or audit row of accounts can carry one. */
export interface Account extends RecordIdentity {
  readonly login: string
  readonly name: string
  readonly personId: string | null
  readonly state: AccountState
  readonly mustChangePassword: boolean
  /** The day the password in use was set; null while there is none. */
  readonly passwordSetOn: Day | null
  readonly createdOn: Day
  readonly grants: readonly AccountGrant[]
}

/** Whether a grant holds on a legal day. */
export function isEffective(grant: Pick<AccountGrant, 'from' | 'to'>, day: Day): boolean {
  return grant.from <= day && (grant.to === null || day <= grant.to)
}

/** The grants that hold on a legal day. */
export function effectiveGrants(account: Pick<Account, 'grants'>, day: Day): AccountGrant[] {
  return account.grants.filter((grant) => isEffective(grant, day))
}

/**
 * The smallest area that holds every grant the account has or had; the county when it has none. Past grants count too,
 * so that an administrator of one town cannot take over an account that served the whole county.
 */
export function homeArea(account: Pick<Account, 'county' | 'grants'>): string {
  const areas = account.grants.map((grant) => grant.area)
  const first = areas[0]
  if (first === undefined) return account.county
  const lengths = [12, 9, 6].filter((length) => length <= first.length)
  const fit = lengths.map((length) => first.slice(0, length)).find((area) => areas.every((one) => isWithin(one, area)))
  return fit ?? account.county
}

/** The sides of an account a grant looks at; the server's SQL predicate names the same columns. */
export function accountFacets(account: Pick<Account, 'county' | 'grants'>): Facets {
  return { area: homeArea(account), sectors: null, unitId: null, bodyIds: [] }
}
