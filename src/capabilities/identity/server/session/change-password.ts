import { coreErrors, type ErrorDef, refuse } from '#kernel/errors.ts'
import { dayOf } from '#kernel/time.ts'
import { type PlainContext, type PlainOperation, plain } from '#platform/module/module.ts'
import * as contracts from '../../model/index.ts'
import { identityErrors, waitMinutes } from '../../model/index.ts'
import { checkPassword } from '../password-policy.ts'
import { pastHashes } from '../store.ts'
import { admit, fail, forgive, type SignInDeps } from './door.ts'
import { tokenHash } from './sessions.ts'
import { loadHash, replacePassword } from './store.ts'

const refuseAt = (def: ErrorDef, path: string): never => refuse(def, { fields: [{ path, message: def.message }] })

/** The change of one's own password: the old one first, then the county's rules, then none of the last ones. */
export const changePassword = (deps: SignInDeps, loginOf: (context: PlainContext) => Promise<string>): PlainOperation =>
  plain('POST', contracts.changePassword, async (context, input) => {
    const { actor, token, now } = context
    if (!actor || !token) return refuse(coreErrors.signInFirst)
    const login = await loginOf(context)
    // Guessing the old password in a session somebody left open counts like guessing it at the door.
    const attempts = await admit(deps, login, context)
    const verified = await loadHash(deps.db, deps.county, actor.accountId)
    if (!verified || !(await deps.passwords.matches(verified, input.current))) {
      if (waitMinutes(attempts, now.getTime()) > 0) return fail(deps, attempts, now)
      return refuseAt(identityErrors.oldPasswordWrong, 'current')
    }
    await forgive(deps, login, context)
    if (input.next === input.current) return refuseAt(identityErrors.passwordUnchanged, 'next')
    const { parameters } = deps.environment
    checkPassword(parameters, dayOf(now), { password: input.next, login, field: 'next' })
    const count = parameters.number('password.history', dayOf(now))
    for (const hash of await pastHashes(deps.db, deps.county, actor.accountId, count - 1)) {
      if (await deps.passwords.matches(hash, input.next)) return refuseAt(identityErrors.passwordUsed, 'next')
    }
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
