import type pg from 'pg'

export interface TableShape {
  readonly name: string
  /** Those that can be written, in the order of the table. */
  readonly columns: readonly string[]
}

/** The product's own tables, each after those its rows point to. The queue of jobs is filled anew by every start. */
export async function tablesInOrder(client: pg.ClientBase): Promise<TableShape[]> {
  const columns = await client.query<{ name: string; columns: string[] }>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> 'migration' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    group by c.relname order by c.relname`)
  const points = await client.query<{ from: string; to: string }>(`
    select distinct f.conrelid::regclass::text as from, f.confrelid::regclass::text as to
    from pg_constraint f
    where f.contype = 'f' and f.connamespace = 'public'::regnamespace and f.conrelid <> f.confrelid`)
  return inOrder(columns.rows, points.rows)
}

/** Tables before those that point to them. Throws on a circle: its rows could not be written one table after the other. */
export function inOrder<T extends { readonly name: string }>(
  tables: readonly T[],
  points: readonly { readonly from: string; readonly to: string }[],
): T[] {
  const done = new Set<string>()
  const order: T[] = []
  while (order.length < tables.length) {
    const ready = tables.filter(
      ({ name }) => !done.has(name) && points.every(({ from, to }) => from !== name || done.has(to)),
    )
    if (ready.length === 0) {
      const left = tables.filter(({ name }) => !done.has(name)).map(({ name }) => name)
      throw new Error(`tables point to each other in a circle: ${left.join(', ')}`)
    }
    for (const table of ready) {
      done.add(table.name)
      order.push(table)
    }
  }
  return order
}

export async function sequencesOf(client: pg.ClientBase): Promise<{ name: string; value: number; called: boolean }[]> {
  const names = await client.query<{ name: string }>(`
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'S' order by 1`)
  const sequences = []
  for (const { name } of names.rows) {
    const { rows } = await client.query<{ value: number; called: boolean }>(
      `select last_value as value, is_called as called from ${client.escapeIdentifier(name)}`,
    )
    sequences.push({ name, value: rows[0]?.value ?? 1, called: rows[0]?.called ?? false })
  }
  return sequences
}
