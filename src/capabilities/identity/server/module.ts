import { coreErrors, refuse } from '#kernel/errors.ts'
import type { Clock } from '#kernel/time.ts'
import { addDays, dayOf, startOfDay } from '#kernel/time.ts'
import {
  type ExportDesk,
  type JobSpec,
  type PlainOperation,
  plain,
  type ServerModule,
} from '#platform/module/module.ts'
import {
  accountLifecycle,
  type DemoAccount,
  identityErrors,
  identityPermissions,
  listDemoAccounts,
} from '../model/index.ts'
import { accountActions } from './actions.ts'
import { accountAnswers, accountDownload, accountSight } from './answers.ts'
import type { SignInDeps } from './session/door.ts'
import { ownAccountOperations } from './session/own-account.ts'
import { signInOperations } from './session/sign-in.ts'
import { tidySessions } from './session/store.ts'
import { sessionOperation, type ViewDeps } from './session/view.ts'

export interface IdentityDeps extends SignInDeps, ViewDeps {
  readonly clock: Clock
  readonly exports: ExportDesk
  /** The accounts to offer on the sign-in page, while there is demo data; without it the operation is not offered. */
  readonly demoAccounts?: () => readonly DemoAccount[]
}

/** 网络安全法: logs of network operation are kept for no less than six months. */
const keepSessionDays = 190

/** Accounts, sign-in and sessions: everything identity brings to the server. */
export function identityModule(deps: IdentityDeps): ServerModule {
  const { sessions } = deps
  const signIn = signInOperations(deps, async ({ token, now }) => {
    const live = (await sessions.find(token, now)) ?? refuse(coreErrors.signInFirst)
    return live.account.login
  })
  return {
    name: 'identity',
    permissions: identityPermissions,
    errors: Object.values(identityErrors),
    lifecycles: [accountLifecycle],
    actions: accountActions(deps),
    queries: accountAnswers(deps),
    downloads: [accountDownload(deps, deps.exports)],
    plain: [...signIn, sessionOperation(deps), ...ownAccountOperations(deps), ...demoOperation(deps)],
    jobs: [tidying(deps)],
    recordTypes: [accountSight],
  }
}

function demoOperation({ demoAccounts, demo }: IdentityDeps): PlainOperation[] {
  if (!demoAccounts) return []
  return [plain('GET', listDemoAccounts, async () => ({ accounts: demo() ? [...demoAccounts()] : [] }))]
}

function tidying({ db, county, clock }: IdentityDeps): JobSpec {
  return {
    name: 'identity.tidySessions',
    cron: '20 3 * * *',
    async run() {
      const today = dayOf(clock.now())
      await tidySessions(db, county, startOfDay(addDays(today, -keepSessionDays)), startOfDay(addDays(today, -2)))
    },
  }
}

export type { DemoAccount } from '../model/index.ts'
export { type BootstrapParts, demoAccount, ensureAccount, type NewAccount } from './bootstrap.ts'
export { createPasswords, type Passwords, randomPassword } from './passwords.ts'
export { createHolders } from './session/holders.ts'
export { createSessions, type LiveSession, type Sessions } from './session/sessions.ts'
