import { dayOf } from '#kernel/time.ts'
import { type PlainContext, type PlainOperation, plain } from '#platform/module/module.ts'
import * as contracts from '../../model/index.ts'
import { findByLogin } from '../store.ts'
import { changePassword } from './change-password.ts'
import { admit, fail, forgive, type SignInDeps } from './door.ts'
import { daysLeftOf, HOUR_MS, newToken, tokenHash } from './sessions.ts'
import { endReasons, endSession, insertSession } from './store.ts'

const signIn = (deps: SignInDeps) =>
  plain('POST', contracts.signIn, async (context, input) => {
    const { now } = context
    const { county, db } = deps
    const attempts = await admit(deps, input.login, context)
    const account = await findByLogin(db, county, input.login)
    const right = await deps.passwords.matches(account?.hash ?? null, input.password)
    if (!right || !account?.hash || !account.active) return fail(deps, attempts, now)
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
    if (!opened) return fail(deps, attempts, now)
    await forgive(deps, input.login, context)
    // A browser keeps one session: a token that somebody planted in it before the sign-in is worth nothing afterwards.
    if (context.token) await endSession(db, county, tokenHash(context.token), now, endReasons.signedInAgain)
    context.setSession(token, endsAt)
    const mustChangePassword = account.mustChange || daysLeftOf(deps, account.passwordSetOn, now) === 0
    return { mustChangePassword, endsAt: endsAt.toISOString() }
  })

const signOut = (deps: SignInDeps) =>
  plain('POST', contracts.signOut, async (context) => {
    if (context.token)
      await endSession(deps.db, deps.county, tokenHash(context.token), context.now, endReasons.signedOut)
    context.clearSession()
    return {}
  })

/** Sign-in, sign-out and the change of one's own password. */
export function signInOperations(
  deps: SignInDeps,
  loginOf: (context: PlainContext) => Promise<string>,
): PlainOperation[] {
  return [signIn(deps), signOut(deps), changePassword(deps, loginOf)]
}
