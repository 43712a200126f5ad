import { type ColumnType, sql } from 'kysely'
import type { Reader, Tx } from '#platform/db/tables.ts'
import type { Chain, ChainLink } from '../../model/index.ts'

type ChainTables = {
  chain: {
    county: string
    id: string
    version: number
    key: string
    title: string
    sector: string
    lead: string
    clauses: string[]
    links: ColumnType<readonly ChainLink[], string, string>
    amended_on: string | null
  }
}
type ChainColumns = Omit<ChainTables['chain'], 'links'> & { readonly links: readonly ChainLink[] }

const chainOf = ({ amended_on: amendedOn, ...row }: ChainColumns): Chain => ({ ...row, amendedOn })

export async function loadChain(tx: Reader, county: string, id: string, lock: boolean): Promise<Chain | undefined> {
  const { rows } = await sql<ChainColumns>`
    select * from chain where county = ${county} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0] && chainOf(rows[0])
}

export async function loadChains(reader: Reader, county: string): Promise<Chain[]> {
  const { rows } = await sql<ChainColumns>`select * from chain where county = ${county} order by key`.execute(reader)
  return rows.map(chainOf)
}

export async function saveChain(tx: Tx, after: Chain, before: Chain | undefined): Promise<void> {
  const db = tx.withTables<ChainTables>()
  const { county, id, version, key, title, sector, lead, amendedOn } = after
  const row = {
    version,
    key,
    title,
    sector,
    lead,
    clauses: [...after.clauses],
    links: JSON.stringify(after.links),
    amended_on: amendedOn,
  }
  if (before) await db.updateTable('chain').set(row).where('county', '=', county).where('id', '=', id).execute()
  else
    await db
      .insertInto('chain')
      .values({ county, id, ...row })
      .execute()
}
