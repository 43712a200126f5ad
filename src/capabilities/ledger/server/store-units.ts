import { sql } from 'kysely'
import type { UnitFacts } from '#capabilities/directory/model/index.ts'
import type { Reader } from '#platform/db/tables.ts'

/** Units by the names a sheet gives them, all at once; a name that two units have finds none, because it does not say which. */
export async function unitsNamed(
  reader: Reader,
  county: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, UnitFacts>> {
  if (names.length === 0) return new Map()
  const result = await sql<{ id: string; name: string; area: string; sectors: string[] }>`
    select id, name, area, sectors from unit
    where county = ${county} and name = any(${[...new Set(names)]}::text[]) and state <> 'closed'`.execute(reader)
  const found = new Map<string, UnitFacts>()
  const twice = new Set<string>()
  for (const row of result.rows) {
    if (found.has(row.name)) twice.add(row.name)
    found.set(row.name, {
      id: row.id,
      name: row.name,
      area: row.area,
      sectors: row.sectors,
      highRisk: false,
      active: true,
    })
  }
  for (const name of twice) found.delete(name)
  return found
}
