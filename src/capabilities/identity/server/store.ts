import { type Selectable, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { type Day, dayOf } from '#kernel/time.ts'
import type { Reader, Tx } from '#platform/db/tables.ts'
import { type Account, type AccountGrant, homeArea } from '../model/index.ts'
import type { AccountGrantTable, AccountTable, IdentityTables } from './tables.ts'

export const tables = (db: Reader) => db.withTables<IdentityTables>()

/** A password about to be stored. It travels beside the account to `saveAccount` and is never read back with it. */
export interface NewCredential {
  readonly hash: string
  readonly mustChange: boolean
  readonly at: Date
}

/** An account in an action's hands. */
export interface AccountInHand extends Account {
  readonly credential?: NewCredential
}

/** One account with all its grants; `lock` holds the row until the transaction ends. */
export async function loadAccount(
  db: Reader,
  county: string,
  id: string,
  lock: boolean,
): Promise<AccountInHand | undefined> {
  // The lock is taken apart from the join: only the account's own row shall be held.
  if (lock) {
    await tables(db)
      .selectFrom('account')
      .select('id')
      .where('county', '=', county)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
  }
  const row = await accountRows(db).where('account.county', '=', county).where('account.id', '=', id).executeTakeFirst()
  return row && accountOf(row)
}

/**
 * Accounts with all their grants in the order they began, and with what may be known of their password: when it was set,
 * and whether it must be changed. One question, since every request asks it.
 */
export const accountRows = (db: Reader) =>
  tables(db)
    .selectFrom('account')
    .leftJoin('credential', (join) =>
      join.onRef('credential.county', '=', 'account.county').onRef('credential.account_id', '=', 'account.id'),
    )
    .select(['account.county', 'account.id', 'account.version', 'account.login', 'account.name', 'account.person_id'])
    .select(['account.state', 'account.area', 'account.created_on', 'credential.must_change', 'credential.changed_at'])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('account_grant')
          .select(['account_grant.county', 'account_grant.id', 'account_grant.account_id', 'account_grant.role'])
          .select(['account_grant.area', 'account_grant.sectors', 'account_grant.unit_id', 'account_grant.body_id'])
          .select(['account_grant.from_day', 'account_grant.to_day'])
          .whereRef('account_grant.county', '=', 'account.county')
          .whereRef('account_grant.account_id', '=', 'account.id')
          .orderBy('account_grant.from_day')
          .orderBy('account_grant.id'),
      ).as('grants'),
    )

interface AccountColumns extends Selectable<AccountTable> {
  readonly must_change: boolean | null
  readonly changed_at: Date | null
  readonly grants: readonly Selectable<AccountGrantTable>[]
}

export function accountOf(row: AccountColumns): Account {
  return {
    county: row.county,
    id: row.id,
    version: row.version,
    login: row.login,
    name: row.name,
    personId: row.person_id,
    state: row.state,
    mustChangePassword: row.must_change ?? false,
    passwordSetOn: row.changed_at && dayOf(row.changed_at),
    createdOn: row.created_on,
    grants: row.grants.map(grantOf),
  }
}

function grantOf(row: Selectable<AccountGrantTable>): AccountGrant {
  return {
    id: row.id,
    role: row.role,
    area: row.area,
    sectors: row.sectors,
    unitId: row.unit_id,
    bodyId: row.body_id,
    from: row.from_day,
    to: row.to_day,
  }
}

/** Writes the account's row, the grants that differ from `before`, and a new password when one was set. */
export async function saveAccount(tx: Tx, after: AccountInHand, before: AccountInHand | undefined): Promise<void> {
  const row = { version: after.version, name: after.name, state: after.state, area: homeArea(after) }
  if (before) {
    await tables(tx)
      .updateTable('account')
      .set(row)
      .where('county', '=', after.county)
      .where('id', '=', after.id)
      .execute()
  } else {
    const { county, id, login } = after
    await tables(tx)
      .insertInto('account')
      .values({ county, id, login, person_id: after.personId, created_on: after.createdOn, ...row })
      .execute()
  }
  for (const grant of after.grants) {
    if (!before?.grants.includes(grant)) await saveGrant(tx, after, grant)
  }
  if (after.credential) await saveCredential(tx, after.county, after.id, after.credential)
}

async function saveGrant(tx: Tx, account: Account, grant: AccountGrant): Promise<void> {
  await tables(tx)
    .insertInto('account_grant')
    .values({
      county: account.county,
      id: grant.id,
      account_id: account.id,
      role: grant.role,
      area: grant.area,
      sectors: grant.sectors === null ? null : [...grant.sectors],
      unit_id: grant.unitId,
      body_id: grant.bodyId,
      from_day: grant.from,
      to_day: grant.to,
    })
    .onConflict((conflict) => conflict.columns(['county', 'id']).doUpdateSet({ to_day: grant.to }))
    .execute()
}

export async function saveCredential(
  db: Reader,
  county: string,
  accountId: string,
  credential: NewCredential,
): Promise<void> {
  const row = { hash: credential.hash, must_change: credential.mustChange, changed_at: credential.at }
  await shelvePassword(db, county, accountId)
  await tables(db)
    .insertInto('credential')
    .values({ county, account_id: accountId, ...row })
    .onConflict((conflict) => conflict.columns(['county', 'account_id']).doUpdateSet(row))
    .execute()
}

/** As many past passwords as are kept: the most that the parameter password.history may ask for. */
const keptPasswords = 24

/** Puts the password in use among the past ones; the oldest is forgotten. */
async function shelvePassword(db: Reader, county: string, accountId: string): Promise<void> {
  await sql`
    insert into credential_past (county, account_id, set_at, hash)
    select county, account_id, changed_at, hash from credential where county = ${county} and account_id = ${accountId}
    on conflict do nothing`.execute(db)
  await sql`
    delete from credential_past where county = ${county} and account_id = ${accountId} and set_at < (
      select min(set_at) from (
        select set_at from credential_past where county = ${county} and account_id = ${accountId}
        order by set_at desc limit ${keptPasswords}) kept)`.execute(db)
}

/** The hashes of the passwords an account had before the present one, the latest first. */
export async function pastHashes(db: Reader, county: string, accountId: string, count: number): Promise<string[]> {
  const rows = await tables(db)
    .selectFrom('credential_past')
    .select('hash')
    .where('county', '=', county)
    .where('account_id', '=', accountId)
    .orderBy('set_at', 'desc')
    .limit(count)
    .execute()
  return rows.map((row) => row.hash)
}

/** What sign-in needs of an account, found by its login in any case. */
export interface SignInAccount {
  readonly id: string
  readonly login: string
  readonly active: boolean
  readonly hash: string | null
  readonly mustChange: boolean
  readonly passwordSetOn: Day | null
}

export async function findByLogin(db: Reader, county: string, login: string): Promise<SignInAccount | undefined> {
  const row = await tables(db)
    .selectFrom('account')
    .leftJoin('credential', (join) =>
      join.onRef('credential.county', '=', 'account.county').onRef('credential.account_id', '=', 'account.id'),
    )
    .select(['account.id', 'account.login', 'account.state'])
    .select(['credential.hash', 'credential.must_change', 'credential.changed_at'])
    .where('account.county', '=', county)
    .where(sql`lower(account.login)`, '=', sql`lower(${login})`)
    .executeTakeFirst()
  if (!row) return undefined
  const { id, hash, login: name, must_change: mustChange, changed_at: at } = row
  const passwordSetOn = at && dayOf(at)
  return { id, login: name, active: row.state === 'active', hash, mustChange: mustChange ?? false, passwordSetOn }
}

/**
 * Active accounts, other than one, that administer the whole county on a day. Takes a lock first, so that two
 * administrators who disable each other at the same moment are counted one after the other.
 */
export async function otherCountyAdministrators(tx: Tx, county: string, exceptId: string, today: Day): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('identity.administrators'), hashtext(${county}))`.execute(tx)
  const result = await sql<{ n: number }>`
    select count(*) as n from account a where a.county = ${county} and a.state = 'active' and a.id <> ${exceptId}
      and exists (select 1 from account_grant g where g.county = a.county and g.account_id = a.id
        and g.role = 'administrator' and g.area = ${county}
        and g.from_day <= ${today} and (g.to_day is null or g.to_day >= ${today}))`.execute(tx)
  return result.rows[0]?.n ?? 0
}

/** Active accounts that hold one of the roles on a day, wherever and for whomever. */
export async function accountsInRoles(
  db: Reader,
  county: string,
  roles: readonly string[],
  on: Day,
): Promise<string[]> {
  const result = await sql<{ id: string }>`
    select a.id from account a where a.county = ${county} and a.state = 'active'
      and exists (select 1 from account_grant g where g.county = a.county and g.account_id = a.id
        and g.role = any(${[...roles]}::text[]) and g.from_day <= ${on} and (g.to_day is null or g.to_day >= ${on}))
    order by a.id`.execute(db)
  return result.rows.map((row) => row.id)
}
