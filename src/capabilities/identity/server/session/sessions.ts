import { createHash, randomBytes } from 'node:crypto'
import type { Directory } from '#capabilities/directory/model/index.ts'
import type { Actor, Grant } from '#kernel/grants.ts'
import { type Day, dayOf } from '#kernel/time.ts'
import type { Db, Reader } from '#platform/db/tables.ts'
import type { Environment } from '#platform/parameters/environment.ts'
import { type Account, type AccountGrant, effectiveGrants, passwordDaysLeft } from '../../model/index.ts'
import { loadAccount } from '../store.ts'
import { endReasons, type FoundSession, findSession, touchSession } from './store.ts'

const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000

export interface SessionDeps {
  readonly db: Db
  readonly county: string
  readonly directory: Directory<Reader>
  /** Read at every question, so that changed parameters hold at once. */
  readonly environment: Pick<Environment, 'parameters' | 'years'>
  /** True while the database holds generated demo data: its passwords are public and do not run out. */
  demo(): boolean
}

/** A session that stands, with the account as it is at this moment. */
export interface LiveSession {
  readonly actor: Actor
  readonly account: Account
  readonly endsAt: Date
  /** Days the password may still be used, 0 when it has run out; undefined where it never does. */
  readonly passwordDaysLeft: number | undefined
}

export interface Sessions {
  /** Who sends this token, or undefined when the session ended, ran out, or its account is disabled. */
  find(token: string | undefined, now: Date): Promise<LiveSession | undefined>
  actorOf(token: string | undefined, now: Date): Promise<Actor | undefined>
  /** Why the session of a token is over, in words for whoever holds it; undefined when it never was one. */
  whyOver(token: string | undefined, now: Date): Promise<string | undefined>
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

/** Whatever else a cookie holds is not worth a question to the database. */
const isToken = (token: string | undefined): token is string => /^[A-Za-z0-9_-]{43}$/.test(token ?? '')

/**
 * Tells apps who sends a request. Nothing is cached: a disabled account, an ended grant or a changed password counts at
 * the next request in every process, for the price of one read by key.
 */
export function createSessions(deps: SessionDeps): Sessions {
  const { db, county } = deps
  const idleSince = (now: Date) => new Date(now.getTime() - idleMinutesOf(deps, now) * MINUTE_MS)

  const find = async (token: string | undefined, now: Date): Promise<LiveSession | undefined> => {
    if (!isToken(token)) return undefined
    const hash = tokenHash(token)
    const session = await findSession(db, county, hash)
    if (!session || overWords(deps, session, now) !== undefined) return undefined
    const { account } = session
    // At most one write a minute: pages ask many times a second.
    if (now.getTime() - session.lastSeenAt.getTime() >= MINUTE_MS) await touchSession(db, county, hash, now)
    const daysLeft = daysLeftOf(deps, account.passwordSetOn, now)
    const whole = await actorFor(deps, account, dayOf(now))
    // With a password that has run out one can only change it.
    const actor = daysLeft === 0 ? { ...whole, grants: [] } : whole
    return { actor, account, endsAt: session.endsAt, passwordDaysLeft: daysLeft }
  }

  return {
    find,
    actorOf: async (token, now) => (await find(token, now))?.actor,
    async whyOver(token, now) {
      if (!isToken(token)) return undefined
      const session = await findSession(db, county, tokenHash(token))
      return session && overWords(deps, session, now)
    },
    async accountActor(accountId, now) {
      const account = await loadAccount(db, county, accountId, false)
      return account?.state === 'active' ? actorFor(deps, account, dayOf(now)) : undefined
    },
    accountName: async (accountId) => (await loadAccount(db, county, accountId, false))?.name,
    idleSince,
  }
}

type Asking = Pick<SessionDeps, 'environment' | 'demo'>

export const idleMinutesOf = ({ environment }: Asking, now: Date) =>
  environment.parameters.number('session.idleMinutes', dayOf(now))

/** How many days a password set on a day may still be used. */
export function daysLeftOf({ environment, demo }: Asking, setOn: Day | null, now: Date): number | undefined {
  if (setOn === null || demo()) return undefined
  return passwordDaysLeft(setOn, environment.parameters.number('password.maxAgeDays', dayOf(now)), dayOf(now))
}

const overBy: Readonly<Record<string, string>> = {
  [endReasons.signedOut]: '已经退出登录',
  [endReasons.signedInAgain]: '已经重新登录，请刷新页面',
  [endReasons.changedPassword]: '密码已在另一台设备上修改，请用新密码登录',
  [endReasons.resetPassword]: '密码已由系统管理员重置，请用管理员告知的新密码登录',
  [endReasons.disabled]: '您的账号已被停用，如有疑问请联系系统管理员',
  [endReasons.byOwner]: '这台设备的登录已由本人在另一台设备上结束，请重新登录',
  [endReasons.byAdministrator]: '这台设备的登录已被系统管理员结束，请重新登录',
}

/** Why a session is over at `now`, or undefined while it stands. */
function overWords(deps: Asking, session: FoundSession, now: Date): string | undefined {
  if (session.ended !== null) return overBy[session.ended] ?? '登录已经结束，请重新登录'
  if (session.endsAt <= now) {
    const hours = deps.environment.parameters.number('session.absoluteHours', dayOf(now))
    return `每次登录最长${hours}小时，现在已到时间，请重新登录`
  }
  const minutes = idleMinutesOf(deps, now)
  if (session.lastSeenAt.getTime() + minutes * MINUTE_MS > now.getTime()) return undefined
  return `超过${minutes}分钟没有操作，已自动退出，请重新登录`
}

/** The actor an account is on a day. Until a first password is changed it has no grants: it can only change it. */
export async function actorFor(deps: SessionDeps, account: Account, today: Day): Promise<Actor> {
  const held = account.mustChangePassword ? [] : effectiveGrants(account, today)
  const grants = await Promise.all(held.map((grant) => resolvedGrant(deps, grant)))
  return { county: account.county, accountId: account.id, personId: account.personId, name: account.name, grants }
}

/** A department without named sectors gets those its body leads (三管三必须); leading none, it reaches none. */
export async function resolvedGrant(
  deps: Pick<SessionDeps, 'db' | 'county' | 'directory'>,
  grant: AccountGrant,
): Promise<Grant> {
  const { role, area, unitId, bodyId } = grant
  let { sectors } = grant
  if (role === 'department' && sectors === null) {
    sectors = bodyId ? await deps.directory.sectorsOf(deps.db, deps.county, bodyId) : []
  }
  return { role, area, sectors, unitId, bodyId }
}
