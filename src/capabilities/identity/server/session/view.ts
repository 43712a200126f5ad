import { coreErrors, refuse } from '#kernel/errors.ts'
import { type Actor, holds, type PermissionTable } from '#kernel/grants.ts'
import { dayOf } from '#kernel/time.ts'
import { uploadLimit } from '#platform/files/limit.ts'
import { type PlainOperation, plain } from '#platform/module/module.ts'
import { getSession, policyWords } from '../../model/index.ts'
import { policyOn } from '../password-policy.ts'
import { namedGrant } from '../views.ts'
import { idleMinutesOf, type SessionDeps, type Sessions } from './sessions.ts'

export interface ViewDeps extends SessionDeps {
  readonly sessions: Sessions
  /** The permissions of all modules; asked late, since modules are built one after another. */
  permissions(): PermissionTable
  /** How many notices the actor has not read. */
  unread(actor: Actor): Promise<number>
}

/** What the browser may know of its own session. */
export function sessionOperation(deps: ViewDeps): PlainOperation {
  return plain('GET', getSession, async ({ token, now }) => {
    const live = (await deps.sessions.find(token, now)) ?? refuse(coreErrors.signInFirst)
    const { account, actor, endsAt, passwordDaysLeft } = live
    const table = deps.permissions()
    return {
      county: deps.county,
      countyName: deps.directory.areaName(deps.county, deps.county),
      accountId: account.id,
      personId: account.personId,
      login: account.login,
      name: account.name,
      grants: await Promise.all(actor.grants.map((grant) => namedGrant(deps, grant))),
      permissions: Object.keys(table).filter((permission) => holds(actor, permission, table)),
      unread: await deps.unread(actor),
      today: dayOf(now),
      demo: deps.demo(),
      publishedYears: deps.environment.years.filter((year) => year.complete).map((year) => year.year),
      mustChangePassword: account.mustChangePassword || passwordDaysLeft === 0,
      password: {
        rules: policyWords(policyOn(deps.environment.parameters, dayOf(now))),
        expired: passwordDaysLeft === 0,
        daysLeft: passwordDaysLeft ?? null,
      },
      uploadMaxBytes: uploadLimit(deps.environment.parameters, dayOf(now)),
      endsAt: endsAt.toISOString(),
      idleMinutes: idleMinutesOf(deps, now),
      now: now.toISOString(),
    }
  })
}
