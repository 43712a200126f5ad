import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProduct } from '#apps/server/product.ts'
import { listHazards } from '#capabilities/hazard/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { type Manifest, manifestName, readManifest, tablePath } from '#platform/backup/manifest.ts'
import { restoreBackup } from '#platform/backup/restore.ts'
import { takeBackup } from '#platform/backup/take.ts'
import { loadConfig } from '#platform/config/config.ts'
import { migrate, migrationFiles } from '#platform/db/migrate.ts'
import { placeOf } from '#platform/files/places.ts'
import { verifyTally } from '#platform/tally/verify.ts'
import { createTestDatabase, type TestDatabase } from '#test/kit/database.ts'
import { hazardStage } from '#test/kit/hazard-stage.ts'
import { awaitingAcceptance, registered, town } from '#test/kit/hazards.ts'
import { listingStage } from '#test/kit/listings.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct
let office: Actor
let unitId: string
let shelf: string
const opened: TestDatabase[] = []

beforeAll(async () => {
  shelf = await mkdtemp(join(tmpdir(), 'zhiben-shelf-'))
  test = await openTestProduct()
  office = await test.as('anwei')
  unitId = await test.unit('青山机械厂', town, 'industryTrade')
  const stage = await hazardStage(test)
  await listingStage(test, stage, await test.as('leader')).closed()
  await awaitingAcceptance(
    test,
    office,
    await test.account('qingshan-principal', [{ role: 'unitPrincipal', area: town, unitId }]),
    unitId,
  )
})
afterAll(async () => {
  await test?.close()
  for (const database of opened) await database.drop()
  await rm(shelf, { recursive: true, force: true })
})

const { migrationsDir } = loadConfig({})
const sourceFiles = () => join(test.home, 'files')

function take(name: string, papers: readonly string[] = []): Promise<Manifest> {
  const { county, database } = test.product
  const now = test.clock.now()
  return takeBackup({ pool: database.pool, county, demo: false, files: sourceFiles(), papers, now }, join(shelf, name))
}

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase('template0')
  opened.push(database)
  return database
}

/** Into a fresh database and folder, or the ones given. */
async function bringBack(name: string, into?: TestDatabase) {
  const folder = join(shelf, name)
  const database = into ?? (await emptyDatabase())
  const files = await mkdtemp(join(shelf, 'files-'))
  await restoreBackup({ pool: database.pool, migrationsDir, files }, folder, await readManifest(folder))
  return { database, files }
}

/** Every row of every table as text, and where every sequence stands. */
async function contentOf({ pool }: Pick<TestDatabase, 'pool'>): Promise<Record<string, unknown>> {
  const tables = await pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'migration'`,
  )
  const content: Record<string, unknown> = {}
  for (const { name } of tables.rows) {
    const { rows } = await pool.query<{ text: string }>(`select t::text as text from "${name}" t order by 1`)
    content[name] = rows.map(({ text }) => text)
  }
  content.hazard_number = (await pool.query('select last_value, is_called from hazard_number')).rows
  content.migration = (await pool.query('select name, sha256 from migration order by name')).rows
  return content
}

const refusal = (doing: Promise<unknown>) =>
  doing.then(
    () => 'accepted',
    (error: Error) => `${error.name}: ${error.message}`,
  )

describe('a backup brought back', () => {
  it('is the same, row for row, number for number, file for file', async () => {
    const paper = join(test.home, 'audit-roots.txt')
    await writeFile(paper, '# 封存根\n')
    const manifest = await take('whole', [paper, join(test.home, 'not-there.txt')])
    const { database, files } = await bringBack('whole')
    const before = await contentOf(test.database)
    expect(Object.values(before).every(Array.isArray)).toBe(true)
    expect((before.hazard as string[]).length).toBeGreaterThan(1)
    expect((before.attachment as string[]).length).toBeGreaterThan(1)
    expect(await contentOf(database)).toEqual(before)
    expect(manifest.files.length).toBeGreaterThan(0)
    for (const { sha256, bytes } of manifest.files) {
      const there = await readFile(placeOf(files, sha256))
      expect(there.length).toBe(bytes)
      expect(there.equals(await readFile(placeOf(sourceFiles(), sha256)))).toBe(true)
    }
    expect(await readFile(join(shelf, 'whole', 'audit-roots.txt'), 'utf8')).toBe('# 封存根\n')
  })

  it('goes on working: people sign in, statistics add up, the next number is a new one', async () => {
    const { database, files } = await bringBack('whole')
    const config = loadConfig({ ZHIBEN_HOME: test.home, ZHIBEN_FILES: files, LOG_LEVEL: 'silent' })
    const logger = pino({ level: 'silent' })
    const product = await openProduct({ config, databaseUrl: database.url, clock: test.clock, logger, strict: true })
    try {
      const recounts = product.modules.all.flatMap((module) => module.recounts ?? [])
      const { cells, differences } = await verifyTally(product.database.db, product.county, recounts, ['2026-06-30'])
      expect(cells).toBeGreaterThan(0)
      expect(differences).toEqual([])
      const actor = await product.modules.sessions.accountActor(office.accountId, test.clock.now())
      expect(actor?.grants).toEqual(office.grants)
      const number = async (pool: TestDatabase['pool']) =>
        (await pool.query(`select nextval('hazard_number') as n`)).rows[0]?.n
      expect(await number(product.database.pool)).toBe(await number(test.database.pool))
    } finally {
      await product.close()
    }
  })

  it('is of one moment, though people go on writing', async () => {
    let writing = true
    const writers = Array.from({ length: 3 }, async (_, at) => {
      for (let n = 0; writing; n += 1) await registered(test, office, unitId, `写入${at}之${n}：作业平台护栏缺失`)
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    const manifest = await take('busy')
    writing = false
    await Promise.all(writers)
    const { database } = await bringBack('busy')
    const recounts = test.product.modules.all.flatMap((module) => module.recounts ?? [])
    const { differences } = await verifyTally(database.db, test.product.county, recounts, ['2026-06-30'])
    expect(differences).toEqual([])
    const rows = (name: string) => manifest.tables.find((table) => table.name === name)?.rows ?? 0
    const half = await database.pool.query(
      `select count(*) as n from hazard h where not exists (select from action a where a.record_id = h.id)
         or not exists (select from hazard_report r where r.hazard_id = h.id)`,
    )
    expect(half.rows[0]?.n).toBe(0)
    const total = (await test.ask(office, listHazards, {})).total
    expect(rows('hazard')).toBeGreaterThan(2)
    expect(rows('hazard')).toBeLessThan(total)
  })

  it('taken from an older schema is carried on to this one', async () => {
    const older = await emptyDatabase()
    const names = (await migrationFiles(migrationsDir)).map(({ name }) => name)
    await migrate(older.pool, migrationsDir, new Set(names.slice(0, -3)))
    const source = { pool: older.pool, county: '341723', demo: false, files: shelf, papers: [], now: new Date(0) }
    const manifest = await takeBackup(source, join(shelf, 'older'))
    expect(manifest.migrations).toHaveLength(names.length - 3)
    const { database } = await bringBack('older')
    const applied = await database.pool.query('select name from migration order by name')
    expect(applied.rows.map(({ name }) => name)).toEqual(names)
  })
})

describe('taking a backup', () => {
  it('never writes over anything, and puts its own leftovers aside', async () => {
    expect(await refusal(take('whole'))).toContain('已经存在，没有覆盖')
    await mkdir(join(shelf, 'killed.partial', 'tables'), { recursive: true })
    await writeFile(join(shelf, 'killed.partial', '.unfinished'), '')
    await writeFile(join(shelf, 'killed.partial', 'tables', 'hazard.copy.gz'), 'half')
    await take('killed')
    expect((await readdir(join(shelf, 'killed'))).sort()).toEqual(['files', 'manifest.json', 'tables'])
    expect(await readdir(shelf)).not.toContain('killed.partial')
    await mkdir(join(shelf, 'mine.partial'))
    await writeFile(join(shelf, 'mine.partial', 'letter.docx'), 'x')
    expect(await refusal(take('mine'))).toContain('不是未完成的备份')
    expect(await readdir(join(shelf, 'mine.partial'))).toEqual(['letter.docx'])
  })

  it('says which attachments are gone or are not what they were', async () => {
    const manifest = await readManifest(join(shelf, 'whole'))
    const [first, second] = manifest.files
    if (!first || !second) throw new Error('two files are needed')
    const places = [first, second].map(({ sha256 }) => placeOf(sourceFiles(), sha256))
    const kept = await Promise.all(places.map((place) => readFile(place)))
    await rm(places[0] ?? '')
    await writeFile(places[1] ?? '', 'changed')
    const { missing, files } = await take('gaps')
    expect([...missing].sort()).toEqual([first.sha256, second.sha256].sort())
    expect(files.length).toBe(manifest.files.length - 2)
    for (const [at, place] of places.entries()) await writeFile(place, kept[at] ?? '')
  })

  it('says that the folder cannot be written', async () => {
    await writeFile(join(shelf, 'a-file'), '')
    expect(await refusal(take('a-file/backup'))).toContain('不能在')
  })
})

describe('bringing a backup back', () => {
  /** A copy of the whole backup that something is done to. */
  async function spoiled(name: string, spoil: (folder: string, manifest: Manifest) => Promise<void>): Promise<string> {
    await take(name)
    const folder = join(shelf, name)
    await spoil(folder, await readManifest(folder))
    const database = await emptyDatabase()
    const words = await refusal(bringBack(name, database))
    const left = await database.pool.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'migration'`,
    )
    for (const table of left.rows) {
      const { rows } = await database.pool.query(`select count(*) as n from "${table.name}"`)
      expect(rows[0]?.n, table.name).toBe(0)
    }
    return words
  }

  it('leaves the database empty when a table is not what it was', async () => {
    const changed = await spoiled('changed', async (folder) => {
      const path = tablePath(folder, 'hazard')
      const text = gunzipSync(await readFile(path)).toString('utf8')
      await writeFile(path, gzipSync(text.replace('一般', '重大').replace('general', 'major')))
    })
    expect(changed).toContain('与备份时不一致')
    const cut = await spoiled('cut', async (folder) => {
      const path = tablePath(folder, 'action')
      await writeFile(path, (await readFile(path)).subarray(0, 200))
    })
    expect(cut).toContain('已损坏，数据库没有改动')
    const gone = await spoiled('gone', (folder) => rm(tablePath(folder, 'unit')))
    expect(gone).toContain('已损坏，数据库没有改动')
  })

  it('refuses damaged attachments before it begins', async () => {
    const path = (folder: string, { files }: Manifest) => placeOf(join(folder, 'files'), files[0]?.sha256 ?? '')
    expect(await spoiled('bad-file', (folder, manifest) => writeFile(path(folder, manifest), 'x'))).toContain('已损坏')
    expect(await spoiled('no-file', (folder, manifest) => rm(path(folder, manifest)))).toContain('缺少附件')
  })

  it('refuses what is no backup, or one of a schema it does not know', async () => {
    await mkdir(join(shelf, 'nothing'))
    expect(await refusal(bringBack('nothing'))).toContain(`没有 ${manifestName}`)
    await writeFile(join(shelf, 'nothing', manifestName), '{"format":2}')
    expect(await refusal(bringBack('nothing'))).toContain('已损坏，或由更新的版本写出')
    const newer = await spoiled('newer', async (folder, manifest) => {
      const migrations = [...manifest.migrations, { name: '20990101000000-add-wings.sql', sha256: 'ab'.repeat(32) }]
      await writeFile(join(folder, manifestName), JSON.stringify({ ...manifest, migrations }))
    })
    expect(newer).toContain('本程序不认识')
  })

  it('never writes over records, but over the schema a killed one left', async () => {
    const words = await refusal(bringBack('whole', test.database))
    expect(words).toContain('目标数据库不是空的')
    const left = await emptyDatabase()
    await migrate(left.pool, migrationsDir)
    const { database } = await bringBack('whole', left)
    expect((await database.pool.query('select count(*) as n from hazard')).rows[0]?.n).toBeGreaterThan(1)
  })
})
