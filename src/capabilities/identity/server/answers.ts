import type { Directory } from '#capabilities/directory/model/index.ts'
import { coreErrors, refuse } from '#kernel/errors.ts'
import { allowedActions } from '#kernel/lifecycle.ts'
import type { Reader } from '#platform/db/tables.ts'
import { listDownload, listSource } from '#platform/list/list-download.ts'
import {
  answer,
  type ExportDesk,
  type QueryContext,
  type RecordSight,
  type RegisteredDownload,
  type RegisteredQuery,
} from '#platform/module/module.ts'
import * as contracts from '../model/index.ts'
import { type Account, type AccountRow, accountFacets, accountLifecycle, effectiveGrants } from '../model/index.ts'
import { type AccountSight, listedAccounts, searchAccounts } from './queries.ts'
import { sessionView } from './session/own-account.ts'
import type { Sessions } from './session/sessions.ts'
import { listOpenSessions, lockedUntil } from './session/store.ts'
import { accountOf, loadAccount } from './store.ts'
import { accountRow, type Naming } from './views.ts'

export interface AnswerDeps {
  readonly directory: Directory<Reader>
  readonly sessions: Sessions
}

const readable = async (context: QueryContext, id: string) => {
  const account = await loadAccount(context.db, context.county, id, false)
  return account && context.can('identity.readAccounts', accountFacets(account)) ? account : undefined
}

function sightOf({ db, county, today, boxes }: QueryContext): AccountSight {
  return { db, county, boxes: boxes('identity.readAccounts'), today }
}

const naming = ({ directory }: AnswerDeps, { db, county }: QueryContext): Naming => ({ directory, db, county })

/** Accounts as the list shows them, with the grants of today. */
function rowsOf(deps: AnswerDeps, context: QueryContext, accounts: readonly Account[]): Promise<AccountRow[]> {
  const { today } = context
  return Promise.all(
    accounts.map((account) => accountRow(naming(deps, context), account, effectiveGrants(account, today), today)),
  )
}

export const accountDownload = (deps: AnswerDeps, desk: ExportDesk): RegisteredDownload =>
  listDownload(contracts.accountExport, desk, (context, filter, sort) => {
    const sight = sightOf(context)
    return listSource(listedAccounts(sight, filter, sort), async (rows) => rowsOf(deps, context, rows.map(accountOf)))
  })

export function accountAnswers(deps: AnswerDeps): RegisteredQuery[] {
  return [
    answer(contracts.listAccounts, async (context, input) => {
      const { accounts, total } = await searchAccounts(sightOf(context), input)
      return { rows: await rowsOf(deps, context, accounts), total }
    }),
    answer(contracts.getAccount, async (context, { id }) => {
      const account = (await readable(context, id)) ?? refuse(coreErrors.notFound)
      const { actor, county, db, now, today } = context
      const manages = context.can('identity.manageAccounts', accountFacets(account))
      const open = manages ? await listOpenSessions(db, county, id, now, deps.sessions.idleSince(now)) : []
      const locked = manages ? await lockedUntil(db, county, account.login, now) : null
      return {
        ...(await accountRow(naming(deps, context), account, account.grants, today)),
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
