import type pg from 'pg'

/** The column every business table is spread by. */
const key = 'county'

/** Tables without a county: what the product itself remembers of its schema. */
const local = new Set(['migration'])

export interface TableFacts {
  readonly name: string
  readonly columns: readonly string[]
  readonly distributed: boolean
  /** Columns of the primary key and of each unique index, in their order. */
  readonly unique: readonly { readonly name: string; readonly columns: readonly string[] }[]
  readonly triggers: readonly string[]
  /** Columns that draw a number by themselves (serial, identity): each node would count for itself. */
  readonly numbered: readonly string[]
}

export interface ForeignKey {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly fromColumns: readonly string[]
  readonly toColumns: readonly string[]
  /** As pg_get_constraintdef has it. */
  readonly definition: string
}

export interface Catalog {
  readonly tables: readonly TableFacts[]
  readonly foreignKeys: readonly ForeignKey[]
}

/** Reads what of the schema decides whether it can be distributed. */
export async function readCatalog(client: pg.ClientBase): Promise<Catalog> {
  const citus = await client.query<{ there: boolean }>(`select to_regclass('pg_dist_partition') is not null as there`)
  const spread = citus.rows[0]?.there
    ? `exists (select from pg_dist_partition d where d.logicalrelid = c.oid)`
    : 'false'
  const tables = await client.query<TableFacts>(`
    select c.relname as name, ${spread} as distributed,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      coalesce((select json_agg(json_build_object('name', i.indexrelid::regclass::text, 'columns',
          (select json_agg(pg_get_indexdef(i.indexrelid, at, true) order by at) from generate_series(1, i.indnkeyatts) at)))
        from pg_index i where i.indrelid = c.oid and i.indisunique), '[]') as unique,
      coalesce((select array_agg(t.tgname::text) from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal), '{}') as triggers,
      coalesce((select array_agg(a.attname::text) from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like 'nextval(%')), '{}') as numbered
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname`)
  const foreignKeys = await client.query<ForeignKey>(`
    select f.conname as name, f.conrelid::regclass::text as "from", f.confrelid::regclass::text as "to",
      (select array_agg(a.attname::text order by at) from unnest(f.conkey) with ordinality k (num, at)
        join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.num) as "fromColumns",
      (select array_agg(a.attname::text order by at) from unnest(f.confkey) with ordinality k (num, at)
        join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.num) as "toColumns",
      pg_get_constraintdef(f.oid) as definition
    from pg_constraint f where f.contype = 'f' and f.connamespace = 'public'::regnamespace
    order by f.conrelid::regclass::text, f.conname`)
  return { tables: tables.rows, foreignKeys: foreignKeys.rows }
}

/** What of a schema could not be distributed by county; nothing of ours. */
export function distributionFaults({ tables, foreignKeys }: Catalog): string[] {
  const faults: string[] = []
  for (const { name, columns, unique, triggers, numbered } of tables) {
    if (local.has(name)) continue
    if (!columns.includes(key)) faults.push(`${name} has no ${key}`)
    for (const index of unique) if (index.columns[0] !== key) faults.push(`${index.name} does not begin with ${key}`)
    for (const trigger of triggers) faults.push(`${name} has the trigger ${trigger}`)
    for (const column of numbered) faults.push(`${name}.${column} draws its own numbers`)
    if (unique.length === 0) faults.push(`${name} has no key`)
  }
  for (const { name, from, fromColumns, toColumns } of foreignKeys) {
    if (fromColumns[0] !== key || toColumns[0] !== key) faults.push(`${from}: ${name} crosses counties`)
  }
  return faults
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/**
 * The statements that spread the tables over the nodes of a Citus cluster by county, in order. Foreign keys go first and
 * come back last: they may only stand between tables that are spread alike. Nothing for tables that already are.
 */
export function distributionSteps({ tables, foreignKeys }: Catalog): string[] {
  const left = tables.filter(({ name, distributed }) => !distributed && !local.has(name)).map(({ name }) => name)
  const [first, ...others] = left
  if (first === undefined) return []
  const touched = foreignKeys.filter(({ from, to }) => left.includes(from) || left.includes(to))
  const already = tables.find(({ distributed }) => distributed)?.name
  const beside = already ?? first
  const spread = (name: string, colocated: string | undefined) =>
    `select create_distributed_table('${quoted(name)}', '${key}'${colocated ? `, colocate_with => '${quoted(colocated)}'` : ''})`
  return [
    ...touched.map(({ from, name }) => `alter table ${quoted(from)} drop constraint ${quoted(name)}`),
    spread(first, already),
    ...others.map((name) => spread(name, beside)),
    ...touched.map(
      ({ from, name, definition }) => `alter table ${quoted(from)} add constraint ${quoted(name)} ${definition}`,
    ),
  ]
}

export type Distribution = 'noExtension' | { readonly steps: readonly string[] }

/**
 * Distributes the county's tables where the server has the Citus extension; `dry` only says what would be done. All of it
 * in one transaction, so that a failure leaves the tables and their foreign keys as they were.
 */
export async function distribute(pool: pg.Pool, dry: boolean): Promise<Distribution> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query(`select from pg_extension where extname = 'citus'`)
    if (rows.length === 0 && !dry) return 'noExtension'
    await client.query('begin')
    const steps = distributionSteps(await readCatalog(client))
    if (!dry) for (const step of steps) await client.query(step)
    await client.query(dry ? 'rollback' : 'commit')
    return { steps }
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}
