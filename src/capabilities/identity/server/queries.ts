import { type SqlBool, sql } from 'kysely'
import type { ScopeBox } from '#kernel/grants.ts'
import type { Day } from '#kernel/time.ts'
import { inScope } from '#platform/db/scope.ts'
import type { Reader } from '#platform/db/tables.ts'
import type { Account, AccountFilter } from '../model/index.ts'
import { accountOf, accountRows } from './store.ts'

export interface AccountSearch extends AccountFilter {
  readonly page: number
  readonly size: number
  readonly sort?: string
}

export interface AccountSight {
  readonly db: Reader
  readonly county: string
  readonly boxes: readonly ScopeBox[]
  readonly today: Day
}

/** The text as a literal part of a LIKE pattern. */
const likeText = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

function scoped(sight: AccountSight, filter: AccountFilter) {
  let query = accountRows(sight.db)
    .where('account.county', '=', sight.county)
    .where(inScope(sight.boxes, { area: 'account.area' }))
  if (filter.text) {
    const words = `%${likeText(filter.text)}%`
    query = query.where(sql<SqlBool>`(account.login ilike ${words} or account.name ilike ${words})`)
  }
  if (filter.state) query = query.where('account.state', '=', filter.state)
  if (filter.role) {
    query = query.where(sql<SqlBool>`exists (select 1 from account_grant g
      where g.county = account.county and g.account_id = account.id and g.role = ${filter.role}
        and g.from_day <= ${sight.today} and (g.to_day is null or g.to_day >= ${sight.today}))`)
  }
  return query
}

const sortable = { login: 'account.login', name: 'account.name', createdOn: 'account.created_on' } as const

/** The accounts in scope without an end, in the order of the list. */
export function listedAccounts(sight: AccountSight, filter: AccountFilter, sort: string | undefined) {
  const field = (sort ?? 'login').replace(/^-/, '')
  const column = Object.hasOwn(sortable, field) ? sortable[field as keyof typeof sortable] : sortable.login
  return scoped(sight, filter)
    .orderBy(column, sort?.startsWith('-') ? 'desc' : 'asc')
    .orderBy('account.id')
}
/** A page of accounts in scope, and the exact total of the same filter. */
export async function searchAccounts(
  sight: AccountSight,
  search: AccountSearch,
): Promise<{ accounts: Account[]; total: number }> {
  const counted = await scoped(sight, search)
    .clearSelect()
    .select((row) => row.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  const rows = await listedAccounts(sight, search, search.sort)
    .limit(search.size)
    .offset((search.page - 1) * search.size)
    .execute()
  return { accounts: rows.map(accountOf), total: counted.n }
}
