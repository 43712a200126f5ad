import { sql } from 'kysely'
import type { Reader, Tx } from '#platform/db/tables.ts'
import { type BodyPost, type BodyPostFilter, bodyPostKindIds } from '../../model/index.ts'
import { likeText, tables } from '../store.ts'

function allPosts(db: Reader, county: string) {
  return tables(db)
    .selectFrom('body_post')
    .innerJoin('person', (join) =>
      join.onRef('person.county', '=', 'body_post.county').onRef('person.id', '=', 'body_post.person_id'),
    )
    .where('body_post.county', '=', county)
}

const columns = [
  'body_post.county',
  'body_post.id',
  'body_post.version',
  'body_post.body_id',
  'body_post.person_id',
  'body_post.kind',
  'body_post.title',
  'body_post.office_phone',
  'body_post.from_day',
  'body_post.to_day',
  'person.name',
  'person.phone',
] as const

type Row = Awaited<ReturnType<typeof rowsOf>>[number]

const rowsOf = (query: ReturnType<typeof allPosts>) => query.select(columns).execute()

function postOf(row: Row): BodyPost {
  const { county, id, version, kind, title, name, phone } = row
  return {
    county,
    id,
    version,
    kind,
    title,
    name,
    phone,
    bodyId: row.body_id,
    personId: row.person_id,
    officePhone: row.office_phone,
    fromDay: row.from_day,
    toDay: row.to_day,
  }
}

export async function loadBodyPost(tx: Tx, county: string, id: string, lock: boolean): Promise<BodyPost | undefined> {
  const query = allPosts(tx, county).where('body_post.id', '=', id)
  const [row] = await rowsOf(lock ? query.forUpdate('body_post') : query)
  return row && postOf(row)
}

/** Writes the holding; the person is written by whoever changes the person. */
export async function saveBodyPost(tx: Tx, post: BodyPost): Promise<void> {
  const row = {
    version: post.version,
    kind: post.kind,
    title: post.title,
    office_phone: post.officePhone,
    from_day: post.fromDay,
    to_day: post.toDay,
  }
  await tables(tx)
    .insertInto('body_post')
    .values({ county: post.county, id: post.id, body_id: post.bodyId, person_id: post.personId, ...row })
    .onConflict((conflict) => conflict.columns(['county', 'id']).doUpdateSet(row))
    .execute()
}

/** Who holds a post at the body now; whoever else changes its people waits, so that nobody is written down twice. */
export async function holdersAt(tx: Tx, county: string, bodyId: string): Promise<BodyPost[]> {
  const body = tables(tx).selectFrom('body').select('id').where('county', '=', county).where('id', '=', bodyId)
  await body.forUpdate().execute()
  const query = allPosts(tx, county).where('body_post.body_id', '=', bodyId).where('body_post.to_day', 'is', null)
  return (await rowsOf(query)).map(postOf)
}

function filtered(db: Reader, county: string, { text, bodyId, kind, current }: BodyPostFilter) {
  let query = allPosts(db, county).innerJoin('body', (join) =>
    join.onRef('body.county', '=', 'body_post.county').onRef('body.id', '=', 'body_post.body_id'),
  )
  if (current) query = query.where('body_post.to_day', 'is', null)
  if (bodyId) query = query.where('body_post.body_id', '=', bodyId)
  if (kind) query = query.where('body_post.kind', '=', kind)
  if (!text) return query
  const words = `%${likeText(text)}%`
  return query.where((eb) => eb.or([eb('person.name', 'ilike', words), eb('body.name', 'ilike', words)]))
}

/** Holdings without an end, in the order of the bodies and of the posts. */
export function listedBodyPosts(db: Reader, county: string, filter: BodyPostFilter) {
  return filtered(db, county, filter)
    .select(columns)
    .orderBy('body.ord')
    .orderBy(sql`body_post.to_day is not null`)
    .orderBy(sql`array_position(${[...bodyPostKindIds]}::text[], body_post.kind)`)
    .orderBy('body_post.from_day')
    .orderBy('body_post.id')
}

export const bodyPostsOf = (rows: readonly Row[]): BodyPost[] => rows.map(postOf)

export async function pageOfBodyPosts(
  db: Reader,
  county: string,
  filter: BodyPostFilter,
  { size, offset }: { readonly size: number; readonly offset: number },
): Promise<{ rows: BodyPost[]; total: number }> {
  const count = filtered(db, county, filter).select(sql<number>`count(*)`.as('n'))
  const { n } = await count.executeTakeFirstOrThrow()
  const rows = await listedBodyPosts(db, county, filter).limit(size).offset(offset).execute()
  return { total: n, rows: bodyPostsOf(rows) }
}
