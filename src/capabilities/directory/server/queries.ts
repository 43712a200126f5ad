import { type SqlBool, sql } from 'kysely'
import { prefixRange } from '#kernel/area.ts'
import type { ScopeBox } from '#kernel/grants.ts'
import { inScope } from '#platform/db/scope.ts'
import type { Reader } from '#platform/db/tables.ts'
import type { PeopleFilter, ReferenceIndex, UnitFilter, UnitRow } from '../model/index.ts'
import { likeText, tables, unitOf, unitScope } from './store.ts'
import { rowOf } from './views.ts'

/** What every read of units needs: where, for whom, and the reference data that names codes and flags sectors. */
export interface UnitSight {
  readonly db: Reader
  readonly county: string
  readonly boxes: readonly ScopeBox[]
  readonly index: ReferenceIndex
}

/** The flag is worked out from the sectors here too, so that a pack's new high-risk list holds for every unit at once. */
function highRiskSql(index: ReferenceIndex) {
  const sectors = [...index.highRiskSectors]
  return sql<boolean>`coalesce((unit.high_risk_override->>'value')::boolean, unit.sectors && ${sectors}::text[])`
}

/** Units in scope that match the filter; list, export and counts all stand on this one question. */
function scoped(sight: UnitSight, filter: UnitFilter) {
  let query = tables(sight.db)
    .selectFrom('unit')
    .where('unit.county', '=', sight.county)
    .where(inScope(sight.boxes, unitScope))
  for (const condition of conditions(sight.index, filter)) query = query.where(condition)
  return query
}

function conditions(index: ReferenceIndex, filter: UnitFilter) {
  const all: ReturnType<typeof sql<SqlBool>>[] = []
  const add = (condition: ReturnType<typeof sql<SqlBool>>) => all.push(condition)
  if (filter.text) {
    const words = `%${likeText(filter.text)}%`
    add(sql<SqlBool>`(unit.name ilike ${words} or unit.credit_code ilike ${words})`)
  }
  if (filter.area) {
    const { from, to } = prefixRange(filter.area)
    add(sql<SqlBool>`unit.area >= ${from} and unit.area < ${to}`)
  }
  if (filter.sector) add(sql<SqlBool>`unit.sectors @> ${[filter.sector]}::text[]`)
  if (filter.tag) add(sql<SqlBool>`unit.tags @> ${[filter.tag]}::text[]`)
  if (filter.kind) add(sql<SqlBool>`unit.kind = ${filter.kind}`)
  if (filter.scale) add(sql<SqlBool>`unit.scale = ${filter.scale}`)
  if (filter.belonging) add(sql<SqlBool>`unit.belonging = ${filter.belonging}`)
  if (filter.states) add(sql<SqlBool>`unit.state = any(${filter.states}::text[])`)
  if (filter.highRisk !== undefined) add(sql<SqlBool>`${highRiskSql(index)} = ${filter.highRisk}`)
  if (filter.withoutPrincipal !== undefined) {
    add(sql<SqlBool>`(${principalName} is null) = ${filter.withoutPrincipal}`)
  }
  return all
}

const principalName = sql<string | null>`(
  select person.name from post join person on person.county = post.county and person.id = post.person_id
  where post.county = unit.county and post.unit_id = unit.id and post.kind = 'principal' and post.to_day is null)`

const unitSorts = {
  name: 'unit.name',
  area: 'unit.area',
  state: 'unit.state',
  scale: 'unit.scale',
  registeredOn: 'unit.registered_on',
} as const

function orderOf<K extends string>(columns: Record<K, string>, sort: string | undefined, otherwise: K) {
  const wanted = sort?.replace(/^-/, '') ?? otherwise
  const key = (Object.keys(columns) as K[]).find((name) => name === wanted) ?? otherwise
  return { column: sql.ref(columns[key]), direction: sort?.startsWith('-') ? ('desc' as const) : ('asc' as const) }
}

/** The units of a list without an end, in its order. */
export function listedUnits(sight: UnitSight, filter: UnitFilter, sort: string | undefined) {
  const order = orderOf(unitSorts, sort, 'area')
  return scoped(sight, filter)
    .selectAll('unit')
    .select(principalName.as('principal_name'))
    .orderBy(order.column, order.direction)
    .orderBy('unit.name')
    .orderBy('unit.id')
}

/** What the list says of the rows that `listedUnits` finds. */
export const unitRows = (
  { index }: UnitSight,
  rows: readonly (Parameters<typeof unitOf>[0] & { readonly principal_name: string | null })[],
): UnitRow[] => rows.map((row) => rowOf(index, unitOf(row, []), row.principal_name))

export async function pageOfUnits(
  sight: UnitSight,
  filter: UnitFilter,
  paging: { page: number; size: number; sort?: string | undefined },
): Promise<{ rows: UnitRow[]; total: number }> {
  const counted = await scoped(sight, filter).select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()
  const rows = await listedUnits(sight, filter, paging.sort)
    .limit(paging.size)
    .offset((paging.page - 1) * paging.size)
    .execute()
  return { total: counted.n, rows: unitRows(sight, rows) }
}

/** Counts by town × sector for the same filter as the list; `total` counts each unit once. */
export async function countUnits(sight: UnitSight, filter: UnitFilter) {
  const town = sql<string>`left(unit.area, 9)`
  const sums = await scoped(sight, filter)
    .select(sql<number>`count(*)`.as('total'))
    .select(sql<number>`count(*) filter (where ${highRiskSql(sight.index)})`.as('high_risk'))
    .executeTakeFirstOrThrow()
  const areas = await scoped(sight, filter)
    .select([town.as('area'), sql<number>`count(*)`.as('n')])
    .groupBy(town)
    .orderBy(town)
    .execute()
  const split = scoped(sight, filter).select([town.as('area'), sql<string>`unnest(unit.sectors)`.as('sector')])
  const cells = await tables(sight.db)
    .selectFrom(split.as('split'))
    .select(['area', 'sector', sql<number>`count(*)`.as('n')])
    .groupBy(['area', 'sector'])
    .orderBy('area')
    .orderBy('sector')
    .execute()
  return { total: sums.total, highRisk: sums.high_risk, areas, cells }
}

const peopleSorts = { name: 'person.name', area: 'unit.area', unit: 'unit.name', from: 'post.from_day' } as const

function scopedPeople(sight: UnitSight, filter: PeopleFilter) {
  const { text, area, sector } = filter
  let query = scoped(sight, { area, sector })
    .innerJoin('post', (join) => join.onRef('post.county', '=', 'unit.county').onRef('post.unit_id', '=', 'unit.id'))
    .innerJoin('person', (join) =>
      join.onRef('person.county', '=', 'post.county').onRef('person.id', '=', 'post.person_id'),
    )
  if (filter.current) query = query.where('post.to_day', 'is', null)
  if (filter.unitId) query = query.where('unit.id', '=', filter.unitId)
  if (filter.kind) query = query.where('post.kind', '=', filter.kind)
  // Only the name is searched: a search by phone would tell a masked number digit by digit.
  if (text) query = query.where('person.name', 'ilike', `%${likeText(text)}%`)
  return query
}

/** Posts and who holds them, without an end, in the order of the list. */
export function listedPeople(sight: UnitSight, filter: PeopleFilter, sort: string | undefined) {
  const order = orderOf(peopleSorts, sort, 'area')
  return scopedPeople(sight, filter)
    .select(['post.id as post_id', 'post.kind', 'post.title', 'post.from_day', 'post.to_day', 'post.person_id'])
    .select(['person.name', 'person.phone', 'person.id_number'])
    .select(['unit.id as unit_id', 'unit.name as unit_name', 'unit.area', 'unit.sectors'])
    .orderBy(order.column, order.direction)
    .orderBy('unit.name')
    .orderBy('post.id')
}
export type ListedPerson = Awaited<ReturnType<ReturnType<typeof listedPeople>['execute']>>[number]

export async function pageOfPeople(
  sight: UnitSight,
  filter: PeopleFilter,
  { page, size, sort }: { page: number; size: number; sort?: string | undefined },
) {
  const counted = await scopedPeople(sight, filter).select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()
  const rows = await listedPeople(sight, filter, sort)
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return { total: counted.n, rows }
}

/** Phone and identity number of the people named, by person id. */
export async function personalNumbers(db: Reader, county: string, personIds: readonly string[]) {
  if (personIds.length === 0) return new Map<string, { phone: string; idNumber: string | null }>()
  const rows = await tables(db)
    .selectFrom('person')
    .select(['id', 'phone', 'id_number'])
    .where('county', '=', county)
    .where('id', 'in', [...personIds])
    .execute()
  return new Map(rows.map((row) => [row.id, { phone: row.phone, idNumber: row.id_number }]))
}
