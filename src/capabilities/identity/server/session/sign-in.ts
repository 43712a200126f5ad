import { coreErrors, refuse } from '#kernel/errors.ts'
import { dayOf } from '#kernel/time.ts'
import { type PlainContext, type PlainOperation, plain } from '#platform/module/module.ts'
import * as contracts from '../../model/index.ts'
import { type AttemptPolicy, type Attempts, identityErrors, passwordProblem, waitMinutes } from '../../model/index.ts'
import type { Passwords } from '../passwords.ts'
import { findByLogin } from '../store.ts'
import { HOUR_MS, newToken, type SessionDeps, tokenHash } from './sessions.ts'
import { bookAttempt, endSession, forgiveAttempt, insertSession, loadHash, replacePassword } from './store.ts'

export interface SignInDeps extends SessionDeps {
  readonly passwords: Passwords
}

/** A whole office reaches the server from one address, so an address may fail this many times as often as a login. */
const addressShare = 10

function policies(deps: SessionDeps, now: Date): Record<'login' | 'address', AttemptPolicy> {
  const { parameters } = deps.environment
  const max = parameters.number('signIn.maxAttempts', dayOf(now))
  const lockMinutes = parameters.number('signIn.lockMinutes', dayOf(now))
  const maxLockMinutes = Math.max(lockMinutes, parameters.number('signIn.maxLockMinutes', dayOf(now)))
  const delay = { lockMinutes, maxLockMinutes }
  return { login: { max, ...delay }, address: { max: max * addressShare, ...delay } }
}

/** The one answer to every failed attempt; `attempts` adds how long the door stays closed. */
function fail(attempts: Attempts, now: Date): never {
  const minutes = waitMinutes(attempts, now.getTime())
  if (minutes === 0) return refuse(identityErrors.signInFailed)
  return refuse(identityErrors.signInFailed, {
    detail: `账号或密码连续多次不正确，请等待${minutes}分钟后再试；忘记密码请联系系统管理员重置`,
    data: { waitMinutes: minutes },
  })
}

/** Lets an attempt pass to the password, or refuses it. Answers the state to report when the password is wrong. */
async function admit(deps: SignInDeps, login: string, context: PlainContext): Promise<Attempts> {
  const { county, db } = deps
  const { now } = context
  const policy = policies(deps, now)
  const byAddress = await bookAttempt(db, { county, kind: 'address', key: context.ip }, now, policy.address)
  if (!byAddress.admitted) fail(byAddress.next, now)
  const byLogin = await bookAttempt(db, { county, kind: 'login', key: login.toLowerCase() }, now, policy.login)
  if (!byLogin.admitted) fail(byLogin.next, now)
  return byLogin.next
}

async function forgive(deps: SignInDeps, login: string, context: PlainContext): Promise<void> {
  await forgiveAttempt(deps.db, deps.county, login.toLowerCase(), context.ip, policies(deps, context.now).address)
}

const signIn = (deps: SignInDeps) =>
  plain('POST', contracts.signIn, async (context, input) => {
    const { now } = context
    const { county, db } = deps
    const attempts = await admit(deps, input.login, context)
    const account = await findByLogin(db, county, input.login)
    const right = await deps.passwords.matches(account?.hash ?? null, input.password)
    if (!right || !account?.hash || !account.active) return fail(attempts, now)
    const hours = deps.environment.parameters.number('session.absoluteHours', dayOf(now))
    const endsAt = new Date(now.getTime() + hours * HOUR_MS)
    const token = newToken()
    const opened = await insertSession(db, {
      county,
      tokenHash: tokenHash(token),
      accountId: account.id,
      verified: account.hash,
      now,
      endsAt,
      ip: context.ip,
      agent: context.agent,
    })
    if (!opened) return fail(attempts, now)
    await forgive(deps, input.login, context)
    // A browser keeps one session: a token that somebody planted in it before the sign-in is worth nothing afterwards.
    if (context.token) await endSession(db, county, tokenHash(context.token), now, '重新登录')
    context.setSession(token, endsAt)
    return { mustChangePassword: account.mustChange, endsAt: endsAt.toISOString() }
  })

const signOut = (deps: SignInDeps) =>
  plain('POST', contracts.signOut, async (context) => {
    if (context.token) await endSession(deps.db, deps.county, tokenHash(context.token), context.now, '退出登录')
    context.clearSession()
    return {}
  })

const changePassword = (deps: SignInDeps, loginOf: (context: PlainContext) => Promise<string>) =>
  plain('POST', contracts.changePassword, async (context, input) => {
    const { actor, token, now } = context
    if (!actor || !token) return refuse(coreErrors.signInFirst)
    const login = await loginOf(context)
    // Guessing the old password in a session somebody left open counts like guessing it at the door.
    const attempts = await admit(deps, login, context)
    const verified = await loadHash(deps.db, deps.county, actor.accountId)
    if (!verified || !(await deps.passwords.matches(verified, input.current))) {
      if (waitMinutes(attempts, now.getTime()) > 0) return fail(attempts, now)
      return refuse(identityErrors.oldPasswordWrong, {
        fields: [{ path: 'current', message: identityErrors.oldPasswordWrong.message }],
      })
    }
    await forgive(deps, login, context)
    const next = (message: string) => [{ path: 'next', message }]
    if (input.next === input.current) {
      return refuse(identityErrors.passwordUnchanged, { fields: next(identityErrors.passwordUnchanged.message) })
    }
    const problem = passwordProblem(input.next, login)
    if (problem) return refuse(identityErrors.passwordUnfit, { detail: problem, fields: next(problem) })
    const endedSessions = await replacePassword(deps.db, {
      county: deps.county,
      accountId: actor.accountId,
      verified,
      hash: await deps.passwords.hash(input.next),
      now,
      keep: tokenHash(token),
    })
    if (endedSessions === undefined) return refuse(identityErrors.oldPasswordWrong)
    return { endedSessions }
  })

/** Sign-in, sign-out and the change of one's own password. */
export function signInOperations(
  deps: SignInDeps,
  loginOf: (context: PlainContext) => Promise<string>,
): PlainOperation[] {
  return [signIn(deps), signOut(deps), changePassword(deps, loginOf)]
}
