import { type ErrorDef, refuse } from '#kernel/errors.ts'
import { roles } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RecordType, RegisteredAction } from '#platform/actions/types.ts'
import { versionsIn } from '#platform/actions/versions.ts'
import * as contracts from '../model/index.ts'
import {
  type Account,
  type AccountGrant,
  accountFacets,
  accountLifecycle,
  alreadyHolds,
  endedGrant,
  identityErrors,
  isAdministrator,
  isCountyAdministrator,
} from '../model/index.ts'
import { checkTerms, type GrantDeps, termsOf } from './granting.ts'
import { checkPassword } from './password-policy.ts'
import type { Passwords } from './passwords.ts'
import { endReasons, endSessionsOf, forgetAttempts } from './session/store.ts'
import { type AccountInHand, findByLogin, loadAccount, otherCountyAdministrators, saveAccount } from './store.ts'

export interface AccountDeps extends GrantDeps {
  readonly passwords: Passwords
}

/** How the runner reads and writes an account. */
export const accountType: RecordType<AccountInHand> = {
  type: 'account',
  title: '账号',
  readPermission: 'identity.readAccounts',
  lifecycle: accountLifecycle,
  load: loadAccount,
  versions: versionsIn('account'),
  save: saveAccount,
  facets: accountFacets,
  label: (account) => `${account.name}（${account.login}）`,
}

export function accountActions(deps: AccountDeps): RegisteredAction[] {
  return [creation(deps), naming(), adding(deps), ending(), ...standing(), resetting(deps), ...atTheDoor()]
}

const state = (account: Account) => ({ state: account.state })
const refuseAt = (def: ErrorDef, path: string): never => refuse(def, { fields: [{ path, message: def.message }] })

function creation(deps: AccountDeps): RegisteredAction {
  return onCreate(contracts.createAccount, accountType, async (context, input) => {
    if (await findByLogin(context.tx, context.county, input.login)) refuseAt(identityErrors.loginTaken, 'login')
    const grants: AccountGrant[] = []
    for (const [index, given] of input.grants.entries()) {
      const terms = termsOf(given, context.today)
      await checkTerms(deps, context, terms, `grants.${index}.`)
      grants.push({ id: newId(context.now.getTime()), ...terms })
    }
    const prepared = deps.passwords.prepared(context.recordId)
    // A password handed over already hashed is that of the installation itself.
    if (!prepared) {
      const { password, login } = input
      checkPassword(context.parameters, context.today, { password, login, field: 'password' })
    }
    const account: AccountInHand = {
      county: context.county,
      id: context.recordId,
      version: 0,
      login: input.login,
      name: input.name,
      personId: input.personId,
      state: 'active',
      mustChangePassword: prepared?.mustChange ?? true,
      passwordSetOn: context.today,
      createdOn: context.today,
      grants,
      credential: {
        hash: prepared?.hash ?? (await deps.passwords.hash(input.password)),
        mustChange: prepared?.mustChange ?? true,
        at: context.now,
      },
    }
    const held = grants.map((grant) => roles[grant.role]).join('、')
    return {
      record: account,
      output: state(account),
      summary: `新建账号“${account.name}”（${account.login}）${held ? `，授权：${held}` : ''}`,
    }
  })
}

function naming(): RegisteredAction {
  return onRecord(contracts.updateAccount, accountType, (_context, account, input) => ({
    record: { ...account, name: input.name },
    output: state(account),
    summary: `修改姓名：${account.name} → ${input.name}`,
  }))
}

function adding(deps: AccountDeps): RegisteredAction {
  return onRecord(contracts.addGrant, accountType, async (context, account, input) => {
    const terms = termsOf(input, context.today)
    await checkTerms(deps, context, terms, '')
    if (alreadyHolds(account, terms)) refuse(identityErrors.grantHeld)
    const grant: AccountGrant = { id: newId(context.now.getTime()), ...terms }
    const until = grant.to ? `至${grant.to}` : '起长期有效'
    return {
      record: { ...account, grants: [...account.grants, grant] },
      output: { ...state(account), grantId: grant.id },
      summary: `添加授权：${roles[grant.role]}（${deps.directory.areaName(context.county, grant.area)}），${grant.from}${until}`,
    }
  })
}

function ending(): RegisteredAction {
  return onRecord(contracts.endGrant, accountType, async (context, account, input) => {
    const grant = account.grants.find((row) => row.id === input.grantId) ?? refuse(identityErrors.grantUnknown)
    if (grant.to !== null && grant.to < context.today) refuse(identityErrors.grantEnded)
    if (input.to !== undefined && (input.to < context.today || input.to < grant.from)) {
      refuse(identityErrors.grantNotFitting, {
        fields: [{ path: 'to', message: '截止日期不能早于今天，也不能早于起始日期；立即收回请不填日期' }],
      })
    }
    const ended = endedGrant(grant, input.to, context.today)
    const after = { ...account, grants: account.grants.map((row) => (row.id === grant.id ? ended : row)) }
    if (grant.role === 'administrator') await keepAdministrator(context, account, after)
    return {
      record: after,
      output: state(after),
      summary: `结束授权：${roles[grant.role]}，${input.to ? `${input.to}后失效` : '立即失效'}（${input.reason}）`,
    }
  })
}

/** Refuses a change after which the person, or the whole county, would be without an administrator. */
async function keepAdministrator(context: EffectContext, before: Account, after: Account): Promise<void> {
  const { actor, county, today, tx } = context
  // A last day in the future ends a grant as surely as today does, only later.
  const lasting = (account: Account): Account => ({
    ...account,
    grants: account.grants.filter((grant) => grant.to === null || before.grants.includes(grant)),
  })
  const own = before.id === actor.accountId
  if (own && isAdministrator(before, today) && !isAdministrator(lasting(after), today)) {
    refuse(identityErrors.ownAdministrator)
  }
  if (!isCountyAdministrator(before, today) || isCountyAdministrator(lasting(after), today)) return
  if ((await otherCountyAdministrators(tx, county, before.id, today)) === 0) refuse(identityErrors.lastAdministrator)
}

function standing(): RegisteredAction[] {
  return [
    onRecord(contracts.disableAccount, accountType, async (context, account, input) => {
      const after: AccountInHand = { ...account, state: 'disabled' }
      await keepAdministrator(context, account, after)
      await endSessionsOf(context.tx, context.county, account.id, { now: context.now, reason: endReasons.disabled })
      return { record: after, output: state(after), summary: `停用账号（${input.reason}）` }
    }),
    onRecord(contracts.enableAccount, accountType, (_context, account, input) => {
      const after: AccountInHand = { ...account, state: 'active' }
      return {
        record: after,
        output: state(after),
        summary: `启用账号（${input.reason}）`,
      }
    }),
  ]
}

function resetting(deps: AccountDeps): RegisteredAction {
  return onRecord(contracts.resetPassword, accountType, async (context, account, input) => {
    const { county, now, today, tx, parameters } = context
    checkPassword(parameters, today, { password: input.password, login: account.login, field: 'password' })
    await endSessionsOf(tx, county, account.id, { now, reason: endReasons.resetPassword })
    await forgetAttempts(tx, county, account.login)
    const hash = await deps.passwords.hash(input.password)
    return {
      record: {
        ...account,
        mustChangePassword: true,
        passwordSetOn: today,
        credential: { hash, mustChange: true, at: now },
      },
      output: state(account),
      summary: '重置密码，下次登录须修改',
    }
  })
}

/** What an administrator does about signing in without touching the password. */
function atTheDoor(): RegisteredAction[] {
  return [
    onRecord(contracts.endSessions, accountType, async (context, account, { sessionId, reason }) => {
      const end = { now: context.now, reason: endReasons.byAdministrator, only: sessionId }
      const ended = await endSessionsOf(context.tx, context.county, account.id, end)
      if (ended === 0) refuse(identityErrors.sessionGone)
      return { record: account, output: { ...state(account), ended }, summary: `结束登录${ended}处（${reason}）` }
    }),
    onRecord(contracts.unlockAccount, accountType, async (context, account, { reason }) => {
      await forgetAttempts(context.tx, context.county, account.login)
      return { record: account, output: state(account), summary: `解除登录锁定（${reason}）` }
    }),
  ]
}
