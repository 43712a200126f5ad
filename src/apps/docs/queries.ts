import { sql } from 'kysely'
import type { Reader } from '#platform/db/tables.ts'

export interface ColumnRow {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly optional: boolean
  readonly fallback: string | null
  readonly comment: string | null
}

export interface TableRow {
  readonly table: string
  readonly comment: string | null
}

export interface RuleRow {
  readonly table: string
  readonly name: string
  readonly definition: string
}

/** The schema the migrations have made, as PostgreSQL itself describes it; in a fixed order. */
export async function readSchema(reader: Reader) {
  const tables = await sql<TableRow>`
    select c.relname as table, obj_description(c.oid, 'pg_class') as comment
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname collate "C"`.execute(reader)
  const columns = await sql<ColumnRow>`
    select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
      not a.attnotnull as optional, pg_get_expr(d.adbin, d.adrelid) as fallback,
      col_description(c.oid, a.attnum) as comment
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped
    order by c.relname collate "C", a.attnum`.execute(reader)
  const rules = await sql<RuleRow>`
    select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where c.relnamespace = 'public'::regnamespace and k.contype in ('p', 'u', 'f', 'c', 'x')
    order by c.relname collate "C", position(k.contype in 'pufcx'), k.conname collate "C"`.execute(reader)
  const indexes = await sql<RuleRow>`
    select c.relname as table, i.relname as name, pg_get_indexdef(x.indexrelid) as definition
    from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not exists (select 1 from pg_constraint k where k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x'))
    order by c.relname collate "C", i.relname collate "C"`.execute(reader)
  return { tables: tables.rows, columns: columns.rows, rules: rules.rows, indexes: indexes.rows }
}
