// How fast a photo is found among many: by the keys of its looks, against comparing it with every one of them.
// Run by hand: node test/files/measure-looks.ts [pictures]. Prints figures; nothing here passes or fails.
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { loadTestConfig, projectRoot } from '#platform/config/config.ts'
import { startEmbedded } from '#platform/db/embedded.ts'
import { migrate } from '#platform/db/migrate.ts'
import { openDatabase } from '#platform/db/pool.ts'
import type { Db } from '#platform/db/tables.ts'
import { keysOf, type Look } from '#platform/files/pictures/looks.ts'
import { findNear } from '#platform/files/store-looks.ts'

const county = '341723'
const pictures = Number(process.argv[2] ?? 200_000)
const batch = 2_000
const looksEach = 6
const soughtEach = 13
const rounds = 20

let state = 1
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return state / 2 ** 32
}

/** Sky above, ground below: neighbouring rows of real pictures repeat each other, which makes some keys common. */
function look(): Look {
  let row = 0n
  let out = 0n
  for (let y = 0; y < 8; y += 1) {
    if (y === 0 || random() < 0.7) row = BigInt(Math.floor(random() * 256))
    const noise = BigInt(1 << Math.floor(random() * 8))
    out = (out << 8n) | (random() < 0.5 ? row ^ noise : row)
  }
  return out
}

const bent = (from: Look, bits: number) =>
  Array.from({ length: bits }).reduce<Look>((out) => out ^ (1n << BigInt(Math.floor(random() * 64))), from)
const name = (at: number) => at.toString(16).padStart(64, '0')
/** A picture and what is kept of its cuts, which differ from it as cuts do. */
const kept = (own: Look) => [own, ...Array.from({ length: looksEach - 1 }, (_, at) => bent(own, 6 + at))]

async function fill(db: Db): Promise<Look[]> {
  const known: Look[] = []
  for (let from = 0; from < pictures; from += batch) {
    const rows = Array.from({ length: Math.min(batch, pictures - from) }, (_, at) => {
      const own = look()
      known.push(own)
      const looks = kept(own)
      return { sha256: name(from + at), looks: looks.map(bitsOf), keys: keysOf(looks) }
    })
    await sql`
      insert into picture_look (county, sha256, looks, keys, compared)
      select ${county}, row->>'sha256', array(select jsonb_array_elements_text(row->'looks')::bit(64)),
        array(select jsonb_array_elements_text(row->'keys')::int), true
      from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) row`.execute(db)
  }
  await sql`vacuum analyze picture_look`.execute(db)
  return known
}

const bitsOf = (value: Look) => value.toString(2).padStart(64, '0')

async function naive(db: Db, sought: readonly Look[]): Promise<string[]> {
  const { rows } = await sql<{ sha256: string }>`
    select p.sha256 from picture_look p
    cross join lateral (
      select min(bit_count(mine # theirs)) as distance
      from unnest(p.looks) theirs, unnest(${sought.map(bitsOf)}::bit(64)[]) mine) near
    where p.county = ${county} and near.distance <= 10 order by near.distance limit 20`.execute(db)
  return rows.map((row) => row.sha256)
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const started = performance.now()
  const value = await work()
  return { ms: performance.now() - started, value }
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

async function measure(db: Db, known: readonly Look[]): Promise<void> {
  const size = await sql<{ heap: string; index: string }>`
    select pg_size_pretty(pg_table_size('picture_look')) as heap, pg_size_pretty(pg_relation_size('picture_look_key')) as index`.execute(
    db,
  )
  console.log(`${pictures} pictures: table ${size.rows[0]?.heap}, index of keys ${size.rows[0]?.index}`)
  for (const bits of [0, 3, 6, 8]) {
    const [byKey, byAll]: [number[], number[]] = [[], []]
    let found = 0
    for (let round = 0; round < rounds; round += 1) {
      const at = Math.floor(random() * pictures)
      const own = bent(known[at] ?? 0n, bits)
      const sought = [...kept(own), ...Array.from({ length: soughtEach - looksEach }, look)]
      const keyed = await timed(() => findNear(db, county, { sha256: 'none', sought, keys: keysOf(sought) }))
      byKey.push(keyed.ms)
      if (keyed.value.includes(name(at))) found += 1
      if (round < 3) byAll.push((await timed(() => naive(db, sought))).ms)
    }
    const [fast, slow] = [median(byKey), median(byAll)]
    console.log(
      `${bits} bits away: by key ${fast.toFixed(1)} ms, one by one ${slow.toFixed(0)} ms (${Math.round(slow / fast)} times), found ${found} of ${rounds}`,
    )
  }
}

const { databaseUrl } = loadTestConfig()
if (databaseUrl) throw new Error('this fills a database of its own; unset DATABASE_URL_TEST')
const home = await realpath(await mkdtemp(join(tmpdir(), 'zhiben-looks-')))
const server = await startEmbedded({ home, durable: false })
const database = openDatabase(server.url)
try {
  await migrate(database.pool, join(projectRoot, 'db/migrations'))
  await measure(database.db, await fill(database.db))
} finally {
  await database.close()
  await server.stop()
  if (!server.folder.startsWith(home)) await rm(server.folder, { recursive: true, force: true })
  await rm(home, { recursive: true, force: true })
}
