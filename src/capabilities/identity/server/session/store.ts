import { sql } from 'kysely'
import type { Db, Reader } from '#platform/db/tables.ts'
import { preparedOnce } from '#platform/db/wire.ts'
import {
  type Account,
  type Admission,
  type AttemptPolicy,
  type Attempts,
  countAttempt,
  uncountAttempt,
} from '../../model/index.ts'
import { accountOf, accountRows, saveCredential, tables } from '../store.ts'
import type { SignInAttemptTable } from '../tables.ts'

export type AttemptKind = 'login' | 'address'

const attemptKey = (county: string, kind: AttemptKind, key: string) =>
  sql<boolean>`county = ${county} and kind = ${kind} and key = ${key}`

/** Counts one attempt on a key; the row lock puts simultaneous attempts in a line. */
export async function bookAttempt(
  db: Db,
  of: { county: string; kind: AttemptKind; key: string },
  now: Date,
  policy: AttemptPolicy,
): Promise<Admission> {
  return db.transaction().execute(async (tx) => {
    const at = tables(tx)
    await at
      .insertInto('sign_in_attempt')
      .values({ ...of, failures: 0, since: now, locked_until: null, locks: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const row = await at
      .selectFrom('sign_in_attempt')
      .selectAll()
      .where(attemptKey(of.county, of.kind, of.key))
      .forUpdate()
      .executeTakeFirstOrThrow()
    const admission = countAttempt(attemptsOf(row), now.getTime(), policy)
    if (admission.admitted) {
      await at
        .updateTable('sign_in_attempt')
        .set(columnsOf(admission.next))
        .where(attemptKey(of.county, of.kind, of.key))
        .execute()
    }
    return admission
  })
}

/** Until when the door of a login is closed; null when it is open. */
export async function lockedUntil(db: Reader, county: string, login: string, now: Date): Promise<Date | null> {
  const row = await tables(db)
    .selectFrom('sign_in_attempt')
    .select('locked_until')
    .where(attemptKey(county, 'login', login.toLowerCase()))
    .executeTakeFirst()
  return row?.locked_until && row.locked_until > now ? row.locked_until : null
}

/** Opens the door of a login: an administrator has reset its password or lets it try again. */
export async function forgetAttempts(db: Reader, county: string, login: string): Promise<void> {
  await tables(db)
    .deleteFrom('sign_in_attempt')
    .where(attemptKey(county, 'login', login.toLowerCase()))
    .execute()
}

/** After a right password: the login's count is wiped, the address gets only this one attempt back. */
export async function forgiveAttempt(
  db: Db,
  county: string,
  login: string,
  address: string,
  addressPolicy: AttemptPolicy,
): Promise<void> {
  await tables(db)
    .deleteFrom('sign_in_attempt')
    .where(attemptKey(county, 'login', login))
    .execute()
  await db.transaction().execute(async (tx) => {
    const row = await tables(tx)
      .selectFrom('sign_in_attempt')
      .selectAll()
      .where(attemptKey(county, 'address', address))
      .forUpdate()
      .executeTakeFirst()
    if (!row) return
    await tables(tx)
      .updateTable('sign_in_attempt')
      .set(columnsOf(uncountAttempt(attemptsOf(row), addressPolicy)))
      .where(attemptKey(county, 'address', address))
      .execute()
  })
}

function attemptsOf(row: Pick<SignInAttemptTable, 'failures' | 'since' | 'locked_until' | 'locks'>): Attempts {
  const { failures, since, locked_until: until, locks } = row
  return { failures, since: since.getTime(), lockedUntil: until?.getTime() ?? null, locks }
}

function columnsOf(attempts: Attempts) {
  const { failures, since, lockedUntil, locks } = attempts
  return { failures, since: new Date(since), locked_until: lockedUntil === null ? null : new Date(lockedUntil), locks }
}

export interface NewSession {
  readonly county: string
  readonly tokenHash: Buffer
  readonly accountId: string
  /** The password hash that was just verified. */
  readonly verified: string
  readonly now: Date
  readonly endsAt: Date
  readonly ip: string
  readonly agent: string
}

/**
 * Opens a session unless the account was disabled or its password changed since the password was verified; false then.
 * The shared lock makes such a change wait, and find this session when it ends the account's sessions.
 */
export async function insertSession(db: Db, session: NewSession): Promise<boolean> {
  const { county, accountId, now } = session
  return db.transaction().execute(async (tx) => {
    const account = await tables(tx)
      .selectFrom('account')
      .select('state')
      .where('county', '=', county)
      .where('id', '=', accountId)
      .forShare()
      .executeTakeFirst()
    if (account?.state !== 'active' || (await loadHash(tx, county, accountId)) !== session.verified) return false
    await tables(tx)
      .insertInto('session')
      .values({
        county,
        token_hash: session.tokenHash,
        account_id: accountId,
        created_at: now,
        last_seen_at: now,
        ends_at: session.endsAt,
        ip: session.ip,
        agent: session.agent,
      })
      .execute()
    return true
  })
}

/** The stored hash of an account's password, or undefined when none was ever set. */
export async function loadHash(db: Reader, county: string, accountId: string): Promise<string | undefined> {
  const row = await tables(db)
    .selectFrom('credential')
    .select('hash')
    .where('county', '=', county)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.hash
}

export interface OwnPassword {
  readonly county: string
  readonly accountId: string
  readonly verified: string
  readonly hash: string
  readonly now: Date
  /** The session in which the person works; it goes on. */
  readonly keep: Buffer
}

/** Replaces a password by its owner's will and ends the other sessions; undefined when it was changed meanwhile. */
export async function replacePassword(db: Db, change: OwnPassword): Promise<number | undefined> {
  const { county, accountId, now } = change
  return db.transaction().execute(async (tx) => {
    await tables(tx)
      .selectFrom('account')
      .select('id')
      .where('county', '=', county)
      .where('id', '=', accountId)
      .forUpdate()
      .executeTakeFirst()
    if ((await loadHash(tx, county, accountId)) !== change.verified) return undefined
    await saveCredential(tx, county, accountId, { hash: change.hash, mustChange: false, at: now })
    return endSessionsOf(tx, county, accountId, { now, reason: endReasons.changedPassword, except: change.keep })
  })
}

export interface FoundSession {
  readonly account: Account
  readonly lastSeenAt: Date
  readonly endsAt: Date
  /** Why somebody or something ended it; null while nobody has. Running out is the caller's to judge. */
  readonly ended: string | null
}

/** The session of a token with its account, ended ones too: whoever holds the token may know why it is worth nothing. */
export async function findSession(db: Reader, county: string, tokenHash: Buffer): Promise<FoundSession | undefined> {
  const row = await accountRows(db)
    .innerJoin('session', (join) =>
      join.onRef('session.county', '=', 'account.county').onRef('session.account_id', '=', 'account.id'),
    )
    .select(['session.last_seen_at', 'session.ends_at', 'session.ended_at', 'session.end_reason'])
    .where('session.county', '=', county)
    .where('session.token_hash', '=', tokenHash)
    // Every request asks it.
    .modifyEnd(preparedOnce)
    .executeTakeFirst()
  if (!row) return undefined
  const ended = row.ended_at ? (row.end_reason ?? '') : row.state === 'active' ? null : endReasons.disabled
  return { account: accountOf(row), lastSeenAt: row.last_seen_at, endsAt: row.ends_at, ended }
}

/** Written beside each session that was ended, and told to whoever still holds its token. */
export const endReasons = {
  signedOut: '退出登录',
  signedInAgain: '重新登录',
  changedPassword: '本人修改密码',
  resetPassword: '密码重置',
  disabled: '账号停用',
  byOwner: '本人结束',
  byAdministrator: '管理员结束',
} as const

/** Moves `last_seen_at` forward; a request that was overtaken by a later one changes nothing. */
export async function touchSession(db: Reader, county: string, tokenHash: Buffer, now: Date): Promise<void> {
  await tables(db)
    .updateTable('session')
    .set({ last_seen_at: now })
    .where('county', '=', county)
    .where('token_hash', '=', tokenHash)
    .where('last_seen_at', '<', now)
    .execute()
}

export async function endSession(
  db: Reader,
  county: string,
  tokenHash: Buffer,
  now: Date,
  reason: string,
): Promise<void> {
  await tables(db)
    .updateTable('session')
    .set({ ended_at: now, end_reason: reason })
    .where('county', '=', county)
    .where('token_hash', '=', tokenHash)
    .where('ended_at', 'is', null)
    .execute()
}

/** A session named without its token's hash, so that no list of sessions carries what opens one. */
const publicId = sql<string>`encode(sha256(token_hash), 'hex')`

/** Ends the open sessions of an account: all of them, all but one, or one by its public id. Answers how many. */
export async function endSessionsOf(
  db: Reader,
  county: string,
  accountId: string,
  end: { readonly now: Date; readonly reason: string; readonly except?: Buffer; readonly only?: string | null },
): Promise<number> {
  let query = tables(db)
    .updateTable('session')
    .set({ ended_at: end.now, end_reason: end.reason })
    .where('county', '=', county)
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
  if (end.except) query = query.where('token_hash', '<>', end.except)
  if (end.only) query = query.where(publicId, '=', end.only)
  const result = await query.executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Sessions of an account that nobody has ended and that had not run out at `now`, newest first. */
export async function listOpenSessions(db: Reader, county: string, accountId: string, now: Date, idleSince: Date) {
  return tables(db)
    .selectFrom('session')
    .select(['token_hash', 'created_at', 'last_seen_at', 'ip', 'agent'])
    .select(publicId.as('id'))
    .where('county', '=', county)
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .where('ends_at', '>', now)
    .where('last_seen_at', '>', idleSince)
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute()
}

/** Removes sessions created before a day and attempts whose count has long run out. */
export async function tidySessions(db: Db, county: string, before: Date, attemptsBefore: Date): Promise<number> {
  await tables(db)
    .deleteFrom('sign_in_attempt')
    .where('county', '=', county)
    .where('since', '<', attemptsBefore)
    .where((row) => row.or([row('locked_until', 'is', null), row('locked_until', '<', attemptsBefore)]))
    .execute()
  const result = await tables(db)
    .deleteFrom('session')
    .where('county', '=', county)
    .where('created_at', '<', before)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
