import { coreErrors, refuse } from '#kernel/errors.ts'
import { dayOf } from '#kernel/time.ts'
import { type PlainOperation, plain } from '#platform/module/module.ts'
import {
  effectiveGrants,
  endOwnSessions,
  getOwnAccount,
  lastPasswordDay,
  permissionTitles,
  reachWords,
} from '../../model/index.ts'
import { grantView } from '../views.ts'
import { daysLeftOf, resolvedGrant, tokenHash } from './sessions.ts'
import { endReasons, endSessionsOf, listOpenSessions } from './store.ts'
import type { ViewDeps } from './view.ts'

const ownAccount = (deps: ViewDeps) =>
  plain('GET', getOwnAccount, async ({ token, now }) => {
    const live = (await deps.sessions.find(token, now)) ?? refuse(coreErrors.signInFirst)
    const { account } = live
    const today = dayOf(now)
    const grants = []
    for (const grant of effectiveGrants(account, today)) {
      // As it really reaches: a department without named sectors has those its body leads.
      const view = await grantView(deps, { ...grant, ...(await resolvedGrant(deps, grant)) }, today)
      grants.push({ ...view, sees: reachWords(view), may: permissionTitles(grant.role, deps.permissions()) })
    }
    const open = await listOpenSessions(deps.db, deps.county, account.id, now, deps.sessions.idleSince(now))
    const maxAge = deps.environment.parameters.number('password.maxAgeDays', today)
    const { passwordSetOn: setOn } = account
    const runsOut = daysLeftOf(deps, setOn, now) !== undefined
    return {
      login: account.login,
      name: account.name,
      passwordSetOn: setOn,
      passwordUntil: runsOut && setOn ? lastPasswordDay(setOn, maxAge) : null,
      grants,
      sessions: open.map(({ token_hash: hash, ...session }) => ({
        ...sessionView(session),
        here: token !== undefined && hash.equals(tokenHash(token)),
      })),
    }
  })

const endOwn = (deps: ViewDeps) =>
  plain('POST', endOwnSessions, async ({ actor, token, now }, { sessionId }) => {
    if (!actor || !token) return refuse(coreErrors.signInFirst)
    const end = { now, reason: endReasons.byOwner, except: tokenHash(token), only: sessionId }
    return { ended: await endSessionsOf(deps.db, deps.county, actor.accountId, end) }
  })

interface OpenSession {
  readonly id: string
  readonly created_at: Date
  readonly last_seen_at: Date
  readonly ip: string
  readonly agent: string
}

export const sessionView = ({ id, created_at: since, last_seen_at: last, ip, agent }: OpenSession) => ({
  id,
  since: since.toISOString(),
  lastSeenAt: last.toISOString(),
  ip,
  agent,
})

/** One's own account: what it reaches in words, and where it is signed in. */
export const ownAccountOperations = (deps: ViewDeps): PlainOperation[] => [ownAccount(deps), endOwn(deps)]
