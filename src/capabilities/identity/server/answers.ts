import type { Directory } from '#capabilities/directory/model/index.ts'
import { coreErrors, refuse } from '#kernel/errors.ts'
import { allowedActions } from '#kernel/lifecycle.ts'
import type { Reader } from '#platform/db/tables.ts'
import { answer, type QueryContext, type RecordSight, type RegisteredQuery } from '#platform/module/module.ts'
import * as contracts from '../model/index.ts'
import { accountFacets, accountLifecycle, effectiveGrants } from '../model/index.ts'
import { searchAccounts } from './queries.ts'
import { sessionView } from './session/own-account.ts'
import type { Sessions } from './session/sessions.ts'
import { listOpenSessions, lockedUntil } from './session/store.ts'
import { loadAccount } from './store.ts'
import { accountRow, type Naming } from './views.ts'

export interface AnswerDeps {
  readonly directory: Directory<Reader>
  readonly sessions: Sessions
}

const readable = async (context: QueryContext, id: string) => {
  const account = await loadAccount(context.db, context.county, id, false)
  return account && context.can('identity.readAccounts', accountFacets(account)) ? account : undefined
}

export function accountAnswers(deps: AnswerDeps): RegisteredQuery[] {
  const naming = (context: QueryContext): Naming => ({
    directory: deps.directory,
    db: context.db,
    county: context.county,
  })
  return [
    answer(contracts.listAccounts, async (context, input) => {
      const { db, county, today } = context
      const boxes = context.boxes('identity.readAccounts')
      const { accounts, total } = await searchAccounts({ db, county, boxes, today }, input)
      const rows = await Promise.all(
        accounts.map((account) => accountRow(naming(context), account, effectiveGrants(account, today), today)),
      )
      return { rows, total }
    }),
    answer(contracts.getAccount, async (context, { id }) => {
      const account = (await readable(context, id)) ?? refuse(coreErrors.notFound)
      const { actor, county, db, now, today } = context
      const manages = context.can('identity.manageAccounts', accountFacets(account))
      const open = manages ? await listOpenSessions(db, county, id, now, deps.sessions.idleSince(now)) : []
      const locked = manages ? await lockedUntil(db, county, account.login, now) : null
      return {
        ...(await accountRow(naming(context), account, account.grants, today)),
        allowedActions: allowedActions(accountLifecycle, { record: account, actor }, () => manages),
        sessions: open.map(sessionView),
        lockedUntil: locked?.toISOString() ?? null,
      }
    }),
  ]
}

/** Lets notices and the audit point at an account for those who may see it. */
export const accountSight: RecordSight = {
  type: 'account',
  async sight(context, recordId) {
    const account = await readable(context, recordId)
    return account && { label: `${account.name}（${account.login}）`, path: `/accounts/${account.id}` }
  },
}
