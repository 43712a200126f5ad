import { Kysely, PostgresDialect } from 'kysely'
import type { Product } from '#apps/server/product.ts'
import { boxesFor, can, holds } from '#kernel/grants.ts'
import { dayOf, systemClock } from '#kernel/time.ts'
import type { PlatformTables } from '#platform/db/tables.ts'
import type { QueryContext } from '#platform/module/module.ts'

export type Statement = [string, readonly unknown[]]

/** The account's own view of the product, inside this process; `heard` is told every statement that it sends. */
export async function contextOf(
  product: Product,
  login: string,
  heard: (statement: Statement) => void = () => {},
): Promise<QueryContext> {
  const { county, database, environment, modules } = product
  const now = systemClock.now()
  const found = await database.pool.query('select id from account where county = $1 and login = $2', [county, login])
  const actor = await modules.sessions.accountActor(found.rows[0]?.id, now)
  if (!actor) throw new Error(`no account ${login}`)
  return {
    db: new Kysely<PlatformTables>({
      dialect: new PostgresDialect({ pool: database.pool }),
      log: (event) => heard([event.query.sql, event.query.parameters]),
    }),
    county,
    actor,
    now,
    today: dayOf(now),
    environment,
    demo: false,
    boxes: (permission) => boxesFor(actor, permission, modules.permissions),
    can: (permission, facets) => can(actor, permission, facets, modules.permissions),
    holds: (permission) => holds(actor, permission, modules.permissions),
  }
}

/** The statements a query of the product sends for this person and input, in the order they were answered. */
export async function statementsOf(product: Product, login: string, id: string, input: unknown): Promise<Statement[]> {
  const heard: Statement[] = []
  const context = await contextOf(product, login, (statement) => heard.push(statement))
  const query = product.modules.all.flatMap((module) => module.queries ?? []).find((one) => one.contract.id === id)
  if (!query) throw new Error(`no query ${id}`)
  await query.run(context, input)
  return heard
}
