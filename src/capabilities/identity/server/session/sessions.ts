import { createHash, randomBytes } from 'node:crypto'
import type { Directory } from '#capabilities/directory/model/index.ts'
import type { Actor, Grant } from '#kernel/grants.ts'
import { type Day, dayOf } from '#kernel/time.ts'
import type { Db, Reader } from '#platform/db/tables.ts'
import type { Environment } from '#platform/parameters/environment.ts'
import { type Account, type AccountGrant, effectiveGrants } from '../../model/index.ts'
import { loadAccount } from '../store.ts'
import { findOpenSession, touchSession } from './store.ts'

const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000

export interface SessionDeps {
  readonly db: Db
  readonly county: string
  readonly directory: Directory<Reader>
  /** Read at every question, so that changed parameters hold at once. */
  readonly environment: Pick<Environment, 'parameters' | 'years'>
}

/** A session that stands, with the account as it is at this moment. */
export interface LiveSession {
  readonly actor: Actor
  readonly account: Account
  readonly endsAt: Date
}

export interface Sessions {
  /** Who sends this token, or undefined when the session ended, ran out, or its account is disabled. */
  find(token: string | undefined, now: Date): Promise<LiveSession | undefined>
  actorOf(token: string | undefined, now: Date): Promise<Actor | undefined>
  /** Who an account is now, for work it has ordered; undefined when it has been disabled. */
  accountActor(accountId: string, now: Date): Promise<Actor | undefined>
  accountName(accountId: string): Promise<string | undefined>
  /** The instant before which a session must have been seen to be still alive at `now`. */
  idleSince(now: Date): Date
}

/** A new token: 32 random bytes as base64url. Only its SHA-256 is stored, so that a read database opens no session. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/**
 * Tells apps who sends a request. Nothing is cached: a disabled account, an ended grant or a changed password counts at
 * the next request in every process, for the price of three reads by key.
 */
export function createSessions(deps: SessionDeps): Sessions {
  const { db, county } = deps
  const idleSince = (now: Date) =>
    new Date(now.getTime() - deps.environment.parameters.number('session.idleMinutes', dayOf(now)) * MINUTE_MS)

  const find = async (token: string | undefined, now: Date): Promise<LiveSession | undefined> => {
    // Whatever else a cookie holds is not worth a question to the database.
    if (!token || !/^[A-Za-z0-9_-]{43}$/.test(token)) return undefined
    const hash = tokenHash(token)
    const session = await findOpenSession(db, county, hash)
    if (!session || session.endsAt <= now || session.lastSeenAt <= idleSince(now)) return undefined
    const account = await loadAccount(db, county, session.accountId, false)
    if (!account) return undefined
    // At most one write a minute: pages ask many times a second.
    if (now.getTime() - session.lastSeenAt.getTime() >= MINUTE_MS) await touchSession(db, county, hash, now)
    return { actor: await actorFor(deps, account, dayOf(now)), account, endsAt: session.endsAt }
  }

  return {
    find,
    actorOf: async (token, now) => (await find(token, now))?.actor,
    async accountActor(accountId, now) {
      const account = await loadAccount(db, county, accountId, false)
      return account?.state === 'active' ? actorFor(deps, account, dayOf(now)) : undefined
    },
    accountName: async (accountId) => (await loadAccount(db, county, accountId, false))?.name,
    idleSince,
  }
}

/** The actor an account is on a day. Until a first password is changed it has no grants: it can only change it. */
export async function actorFor(deps: SessionDeps, account: Account, today: Day): Promise<Actor> {
  const held = account.mustChangePassword ? [] : effectiveGrants(account, today)
  const grants = await Promise.all(held.map((grant) => resolved(deps, grant)))
  return { county: account.county, accountId: account.id, personId: account.personId, name: account.name, grants }
}

/** A department without named sectors gets those its body leads (三管三必须); leading none, it reaches none. */
async function resolved(deps: SessionDeps, grant: AccountGrant): Promise<Grant> {
  const { role, area, unitId, bodyId } = grant
  let { sectors } = grant
  if (role === 'department' && sectors === null) {
    sectors = bodyId ? await deps.directory.sectorsOf(deps.db, deps.county, bodyId) : []
  }
  return { role, area, sectors, unitId, bodyId }
}
