import { refuse } from '#kernel/errors.ts'
import { dayOf } from '#kernel/time.ts'
import type { PlainContext } from '#platform/module/module.ts'
import { type AttemptPolicy, type Attempts, identityErrors, waitMinutes } from '../../model/index.ts'
import type { Passwords } from '../passwords.ts'
import type { SessionDeps } from './sessions.ts'
import { bookAttempt, forgiveAttempt } from './store.ts'

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

/** Attempts left from which on a person is warned that the door will close. */
const warnFrom = 2

/**
 * The one answer to every failed attempt, whether or not the login exists; `attempts` adds how many tries are left or how
 * long the door stays closed.
 */
export function fail(deps: SessionDeps, attempts: Attempts, now: Date): never {
  const minutes = waitMinutes(attempts, now.getTime())
  const { max, lockMinutes } = policies(deps, now).login
  const left = max - attempts.failures
  if (minutes === 0 && left > warnFrom) return refuse(identityErrors.signInFailed)
  if (minutes === 0) {
    return refuse(identityErrors.signInFailed, {
      detail: `账号或密码不正确，或账号已停用。还可以再试${left}次，之后锁定${lockMinutes}分钟起；忘记密码请联系系统管理员重置`,
      data: { attemptsLeft: left },
    })
  }
  return refuse(identityErrors.signInFailed, {
    detail: `账号或密码连续多次不正确，请等待${minutes}分钟后再试；忘记密码请联系系统管理员重置`,
    data: { waitMinutes: minutes },
  })
}

/** Lets an attempt pass to the password, or refuses it. Answers the state to report when the password is wrong. */
export async function admit(deps: SignInDeps, login: string, context: PlainContext): Promise<Attempts> {
  const { county, db } = deps
  const { now } = context
  const policy = policies(deps, now)
  const byAddress = await bookAttempt(db, { county, kind: 'address', key: context.ip }, now, policy.address)
  if (!byAddress.admitted) fail(deps, byAddress.next, now)
  const byLogin = await bookAttempt(db, { county, kind: 'login', key: login.toLowerCase() }, now, policy.login)
  if (!byLogin.admitted) fail(deps, byLogin.next, now)
  return byLogin.next
}

export async function forgive(deps: SignInDeps, login: string, context: PlainContext): Promise<void> {
  await forgiveAttempt(deps.db, deps.county, login.toLowerCase(), context.ip, policies(deps, context.now).address)
}
