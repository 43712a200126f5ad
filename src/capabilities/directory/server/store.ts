import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { bigrams, nameKey, normaliseText } from '#kernel/chinese/text.ts'
import type { ScopeBox } from '#kernel/grants.ts'
import { inScope } from '#platform/db/scope.ts'
import type { Reader, Tx } from '#platform/db/tables.ts'
import { Contact, HighRiskOverride, type Person, type Post, type Unit } from '../model/index.ts'
import type { DirectoryTables, UnitTable } from './tables.ts'

/** The columns of `unit` a grant looks at; the twin of `unitFacets`. */
export const unitScope = { area: 'unit.area', sectors: 'unit.sectors', unit: 'unit.id' } as const

export const tables = (db: Reader) => db.withTables<DirectoryTables>()

/** The typed words as a pattern that matches themselves: % and _ are letters here, not wildcards. */
export function likeText(text: string): string {
  return normaliseText(text).replace(/[\\%_]/g, (sign) => `\\${sign}`)
}

/**
 * A unit's standing hazards by the town that handles them, with how many of them lie in the boxes. Hazards stand above
 * the directory, so whoever puts the product together hands this in.
 */
export type StandingHazards = (
  reader: Reader,
  county: string,
  unitId: string,
  boxes: readonly ScopeBox[],
) => Promise<readonly { readonly area: string; readonly n: number; readonly seen: number }[]>

/** One unit with all its posts; `lock` holds the row until the transaction ends. */
export async function loadUnit(db: Reader, county: string, id: string, lock: boolean): Promise<Unit | undefined> {
  let query = tables(db).selectFrom('unit').selectAll().where('county', '=', county).where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  // Asked in any case: whether a record is there at all must not show in the time an answer takes.
  const posts = await loadPosts(db, county, id)
  return row && unitOf(row, posts)
}

async function loadPosts(db: Reader, county: string, unitId: string): Promise<Post[]> {
  const rows = await tables(db)
    .selectFrom('post')
    .innerJoin('person', (join) => join.onRef('person.county', '=', 'post.county').onRef('person.id', '=', 'person_id'))
    .select(['post.id', 'person_id', 'person.name', 'kind', 'title', 'from_day', 'to_day'])
    .where('post.county', '=', county)
    .where('unit_id', '=', unitId)
    .orderBy('from_day')
    .orderBy('post.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    personName: row.name,
    kind: row.kind,
    title: row.title,
    fromDay: row.from_day,
    toDay: row.to_day,
  }))
}

export function unitOf(row: Selectable<UnitTable>, posts: readonly Post[]): Unit {
  return {
    county: row.county,
    id: row.id,
    version: row.version,
    name: row.name,
    creditCode: row.credit_code,
    kind: row.kind,
    area: row.area,
    sectors: row.sectors,
    scale: row.scale,
    belonging: row.belonging,
    tags: row.tags,
    highRiskOverride: HighRiskOverride.nullable().parse(row.high_risk_override),
    address: row.address,
    contacts: z.array(Contact).parse(row.contacts),
    position: row.lng === null || row.lat === null ? null : { lng: row.lng, lat: row.lat },
    state: row.state,
    stateReason: row.state_reason,
    registeredOn: row.registered_on,
    posts,
  }
}

/** Writes the unit's row and the posts that differ from `before`. Posts end, they are never deleted. */
export async function saveUnit(tx: Tx, after: Unit, before: Unit | undefined): Promise<void> {
  const row = columnsOf(after)
  if (before) {
    await tables(tx)
      .updateTable('unit')
      .set({ ...row, updated_at: sql`now()` })
      .where('county', '=', after.county)
      .where('id', '=', after.id)
      .execute()
  } else {
    await tables(tx)
      .insertInto('unit')
      .values({ county: after.county, id: after.id, registered_on: after.registeredOn, ...row })
      .execute()
  }
  // Ended posts first: the new principal may not stand beside the old one, not even within the transaction.
  const changed = after.posts.filter((post) => !before?.posts.includes(post))
  for (const post of changed.sort((a, b) => Number(a.toDay === null) - Number(b.toDay === null))) {
    await savePost(tx, after, post)
  }
}

function columnsOf(unit: Unit) {
  const key = nameKey(unit.name)
  return {
    version: unit.version,
    name: unit.name,
    name_key: key,
    name_grams: [...new Set(bigrams(key))],
    credit_code: unit.creditCode,
    kind: unit.kind,
    area: unit.area,
    sectors: [...unit.sectors],
    scale: unit.scale,
    belonging: unit.belonging,
    tags: [...unit.tags],
    high_risk_override: unit.highRiskOverride ? JSON.stringify(unit.highRiskOverride) : null,
    address: unit.address,
    contacts: JSON.stringify(unit.contacts),
    lng: unit.position?.lng ?? null,
    lat: unit.position?.lat ?? null,
    state: unit.state,
    state_reason: unit.stateReason,
  }
}

async function savePost(tx: Tx, unit: Unit, post: Post): Promise<void> {
  const row = { title: post.title, from_day: post.fromDay, to_day: post.toDay }
  await tables(tx)
    .insertInto('post')
    .values({
      county: unit.county,
      id: post.id,
      person_id: post.personId,
      unit_id: unit.id,
      kind: post.kind,
      ...row,
    })
    .onConflict((conflict) => conflict.columns(['county', 'id']).doUpdateSet(row))
    .execute()
}

/** The unit (not a place) that holds a credit code, other than the one asked for. */
export async function unitWithCreditCode(
  db: Reader,
  county: string,
  creditCode: string,
  exceptId: string,
): Promise<{ id: string; name: string; area: string; sectors: string[] } | undefined> {
  return tables(db)
    .selectFrom('unit')
    .select(['id', 'name', 'area', 'sectors'])
    .where('county', '=', county)
    .where('credit_code', '=', creditCode)
    .where('kind', '=', 'unit')
    .where('id', '<>', exceptId)
    .executeTakeFirst()
}

const candidateLimit = 60

/** A unit as far as comparing needs it. */
export type Candidate = Omit<Unit, 'posts'>

/** Units without their posts. */
export async function findUnitRows(db: Reader, county: string, ids: readonly string[]): Promise<Candidate[]> {
  if (ids.length === 0) return []
  const query = tables(db).selectFrom('unit').selectAll().where('county', '=', county)
  const rows = await query.where('id', 'in', [...new Set(ids)]).execute()
  return rows.map((row) => unitOf(row, []))
}

const lookedForAtOnce = 2_000

/** Units that bear one of the names, letter for letter, or one of the codes. */
export async function unitsNamed(
  db: Reader,
  county: string,
  wanted: readonly { readonly name: string; readonly creditCode: string | null }[],
): Promise<Candidate[]> {
  const found: Candidate[] = []
  for (let from = 0; from < wanted.length; from += lookedForAtOnce) {
    const some = wanted.slice(from, from + lookedForAtOnce)
    const names = [...new Set(some.flatMap(({ name }) => [name, normaliseText(name)]))]
    const codes = some.flatMap(({ creditCode }) => creditCode ?? [])
    const { rows } = await sql<Selectable<UnitTable>>`
      select * from unit
      where county = ${county} and (name = any(${names}::text[]) or credit_code = any(${codes}::text[]))`.execute(db)
    found.push(...rows.map((row) => unitOf(row, [])))
  }
  return found
}

/**
 * Units that share the credit code or many character pairs of the name: the ones worth comparing exactly. With `boxes`
 * only units in that scope. Both arms use an index, so 20,000 units take milliseconds.
 */
export async function candidateUnits(
  db: Reader,
  county: string,
  wanted: { name: string; creditCode: string | null },
  boxes?: readonly ScopeBox[],
): Promise<Candidate[]> {
  const grams = [...new Set(bigrams(nameKey(wanted.name)))]
  const scope = boxes ? inScope(boxes, unitScope) : sql`true`
  const found = await sql<{ id: string }>`
    (select unit.id from unit where unit.county = ${county} and credit_code = ${wanted.creditCode} and ${scope} limit 20)
    union
    (select id from (
      select unit.id, cardinality(array(select unnest(name_grams) intersect select unnest(${grams}::text[]))) as shared,
        cardinality(name_grams) as size
      from unit where unit.county = ${county} and name_grams && ${grams}::text[] and ${scope}
    ) as likely
    order by 2.0 * shared / (size + ${grams.length}::int) desc, id limit ${candidateLimit})`.execute(db)
  if (found.rows.length === 0) return []
  const rows = await tables(db)
    .selectFrom('unit')
    .selectAll()
    .where('county', '=', county)
    .where(
      'id',
      'in',
      found.rows.map((row) => row.id),
    )
    .execute()
  return rows.map((row) => unitOf(row, []))
}

export async function findPerson(db: Reader, county: string, id: string): Promise<Person | undefined> {
  const row = await tables(db)
    .selectFrom('person')
    .selectAll()
    .where('county', '=', county)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && personOf(row)
}

/** Somebody already known under this identity number, or under the same name with the same phone. */
export async function findSamePerson(
  db: Reader,
  county: string,
  wanted: { name: string; phone: string; idNumber: string | null },
): Promise<Person | undefined> {
  const all = tables(db).selectFrom('person').selectAll().where('county', '=', county)
  const byNumber = wanted.idNumber ? await all.where('id_number', '=', wanted.idNumber).executeTakeFirst() : undefined
  if (byNumber) return personOf(byNumber)
  if (wanted.phone === '') return undefined
  const named = await all.where('name', '=', wanted.name).where('phone', '=', wanted.phone).orderBy('id').execute()
  // The same name and phone with two identity numbers are two people sharing a phone.
  const same = named.find((row) => !wanted.idNumber || !row.id_number || row.id_number === wanted.idNumber)
  return same && personOf(same)
}

/** Whether the person holds or held a post at a unit within the boxes: only such people may be linked by id. */
export async function personInScope(
  db: Reader,
  county: string,
  personId: string,
  boxes: readonly ScopeBox[],
): Promise<boolean> {
  const row = await tables(db)
    .selectFrom('post')
    .innerJoin('unit', (join) => join.onRef('unit.county', '=', 'post.county').onRef('unit.id', '=', 'post.unit_id'))
    .select('post.id')
    .where('post.county', '=', county)
    .where('person_id', '=', personId)
    .where(inScope(boxes, unitScope))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function savePerson(tx: Tx, person: Person): Promise<void> {
  const row = { name: person.name, phone: person.phone, id_number: person.idNumber, version: person.version }
  await tables(tx)
    .insertInto('person')
    .values({ county: person.county, id: person.id, ...row })
    .onConflict((conflict) => conflict.columns(['county', 'id']).doUpdateSet(row))
    .execute()
}

function personOf(row: DirectoryTables['person']): Person {
  return {
    county: row.county,
    id: row.id,
    name: row.name,
    phone: row.phone,
    idNumber: row.id_number,
    version: row.version,
  }
}
