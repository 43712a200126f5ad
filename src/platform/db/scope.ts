import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { prefixRange } from '#kernel/area.ts'
import type { ScopeBox } from '#kernel/grants.ts'

/**
 * Which columns of a table hold the sides a grant looks at. A table without a sector column is the twin of `sectors: null`
 * in `Facets`: sectors do not limit it. A row whose sector is NULL or '{}' is the twin of `[]`: a box for sectors misses it.
 */
export interface ScopeColumns {
  readonly area: string
  /** Text column with one sector. */
  readonly sector?: string
  /** text[] column with several sectors. */
  readonly sectors?: string
  readonly unit?: string
  /** Text columns naming bodies the record was given to. */
  readonly bodies?: readonly string[]
  /** uuid columns naming the owner. */
  readonly owners?: readonly string[]
}

/** The SQL twin of `can()`: a predicate that is true for exactly the rows whose facets lie in one of the boxes. */
export function inScope(boxes: readonly ScopeBox[], columns: ScopeColumns): RawBuilder<SqlBool> {
  if (boxes.length === 0) return sql<SqlBool>`false`
  return sql<SqlBool>`(${sql.join(
    boxes.map((box) => boxPredicate(box, columns)),
    sql` or `,
  )})`
}

function boxPredicate(box: ScopeBox, columns: ScopeColumns): RawBuilder<SqlBool> {
  const { from, to } = prefixRange(box.area)
  const area = sql.ref(columns.area)
  const parts: RawBuilder<SqlBool>[] = [sql<SqlBool>`${area} >= ${from} and ${area} < ${to}`]
  if (box.sectors) {
    if (columns.sector) parts.push(sql<SqlBool>`${sql.ref(columns.sector)} = any(${[...box.sectors]}::text[])`)
    else if (columns.sectors) parts.push(sql<SqlBool>`${sql.ref(columns.sectors)} && ${[...box.sectors]}::text[]`)
  }
  if (box.unitId)
    parts.push(columns.unit ? sql<SqlBool>`${sql.ref(columns.unit)} = ${box.unitId}` : sql<SqlBool>`false`)
  if (box.bodyId) parts.push(anyColumn(columns.bodies, (column) => sql<SqlBool>`${sql.ref(column)} = ${box.bodyId}`))
  const owners = box.ownerIds
  if (owners)
    parts.push(anyColumn(columns.owners, (column) => sql<SqlBool>`${sql.ref(column)} = any(${[...owners]}::uuid[])`))
  return sql<SqlBool>`(${sql.join(parts, sql` and `)})`
}

function anyColumn(
  columns: readonly string[] | undefined,
  test: (column: string) => RawBuilder<SqlBool>,
): RawBuilder<SqlBool> {
  if (!columns || columns.length === 0) return sql<SqlBool>`false`
  return sql<SqlBool>`(${sql.join(columns.map(test), sql` or `)})`
}
