import { execFile } from 'node:child_process'
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backup, restore } from '#apps/cli/backup.ts'
import { type Outcome, UsageError } from '#apps/cli/command.ts'
import { commands, usualDays } from '#apps/cli/commands.ts'
import { installPack } from '#apps/packs/install.ts'
import { readPack } from '#apps/packs/read.ts'
import { keptRootsFile } from '#platform/audit/kept-roots.ts'
import { loadConfig, projectRoot } from '#platform/config/config.ts'
import { startEmbedded } from '#platform/db/embedded.ts'
import { findClusterFolder } from '#platform/db/embedded-cluster.ts'
import { lockHome } from '#platform/db/embedded-lock.ts'
import { migrate } from '#platform/db/migrate.ts'
import { openDatabase } from '#platform/db/pool.ts'
import { writeSetting } from '#platform/db/settings.ts'
import { createTestDatabase } from '#test/kit/database.ts'
import { registered, town } from '#test/kit/hazards.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { sealerOf } from '#test/kit/sealing.ts'

let test: TestProduct

beforeAll(async () => {
  test = await openTestProduct()
  const office = await test.as('anwei')
  const unitId = await test.unit('青山机械厂', town, 'industryTrade')
  for (let n = 0; n < 3; n += 1) await registered(test, office, unitId)
})
afterAll(() => test?.close())

async function command(words: string, ...args: string[]): Promise<{ code: Outcome; said: string }> {
  const found = commands.find((row) => row.words === words)
  if (!found) throw new Error(`no command ${words}`)
  const lines: string[] = []
  const code = await found.prepare(args)(test.product, (line) => lines.push(line))
  return { code, said: lines.join('\n') }
}

const run = promisify(execFile)

/** The command line as a person types it, in a process of its own. */
async function typed(environment: Record<string, string>, ...args: string[]) {
  const main = join(projectRoot, 'src/apps/cli/main.ts')
  try {
    const { stdout, stderr } = await run(process.execPath, [main, ...args], { env: environment, cwd: tmpdir() })
    return { code: 0, stdout, stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, stdout, stderr }
  }
}

describe('tally verify', () => {
  it('finds no difference in what the product wrote itself', async () => {
    const { code, said } = await command('tally verify')
    expect(said).toContain('没有差异')
    expect(said).not.toContain('比较了 0 格')
    expect(code).toBe(0)
  })

  it('names the cell of a tampered tally, and is content again when it is put right', async () => {
    const add = (n: number) =>
      sql`update tally_delta set n = n + ${n} where ctid = (select ctid from tally_delta where metric = 'hazard' order by n desc limit 1)`.execute(
        test.database.db,
      )
    await add(1)
    const { code, said } = await command('tally verify')
    expect(code).toBe(1)
    expect(said).toMatch(/当前　hazard（341723.*）：重新清点 \d+，统计数 \d+/)
    await add(-1)
    expect((await command('tally verify')).code).toBe(0)
  })

  it('finds a difference that only a past day shows', async () => {
    const day = '2026-11-24'
    await sql`insert into tally_day (county, day, metric, area, sector, level, channel, state, month, n)
      values (${test.product.county}, '2026-01-10', 'hazard', ${town}, 'x', 'general', 'selfCheck', 'closed', '2026-01', 1)`.execute(
      test.database.db,
    )
    // The coarser sums agree with it, so that only the recount of that day can tell.
    await sql`insert into tally_sum (county, grain, metric, period, area, sector, level, state, month, n) values
      (${test.product.county}, 'kind', 'hazard', '2026-01', ${town}, 'x', 'general', 'closed', '', 1),
      (${test.product.county}, 'time', 'hazard', '2026-01', ${town}, '', 'general', 'closed', '2026-01', 1)`.execute(
      test.database.db,
    )
    expect((await command('tally verify', '--as-of', '2026-01-09')).code).toBe(0)
    const { code, said } = await command('tally verify', '--as-of', '2026-01-10', '--as-of', day)
    expect(code).toBe(1)
    expect(said).toContain('截至 2026-01-10')
    await sql`delete from tally_day where sector = 'x'`.execute(test.database.db)
    await sql`delete from tally_sum where period = '2026-01' and area = ${town}`.execute(test.database.db)
  })

  it('asks for real dates and known options', () => {
    const prepare = (...args: string[]) => commands.find((row) => row.words === 'tally verify')?.prepare(args)
    expect(() => prepare('--as-of', '2026-02-30')).toThrow(UsageError)
    expect(() => prepare('--day', '2026-02-28')).toThrow(UsageError)
    expect(usualDays('2026-01-15')).toEqual(['2023-12-31', '2024-12-31', '2025-11-30', '2025-12-31'])
  })
})

describe('audit verify and audit roots', () => {
  const tamper = (by: string) =>
    sql`update action set summary = summary || ${by} where record_type = 'hazard' and seq = 1
      and record_id = (select min(record_id::text)::uuid from action where record_type = 'hazard')`.execute(
      test.database.db,
    )

  it('pass what the product wrote, sealed or not, and hand out the root to keep', async () => {
    const unsealed = await command('audit verify')
    expect(unsealed.code).toBe(0)
    expect(unsealed.said).toMatch(/等待封存：\d+ 行/)
    expect((await command('audit roots')).said).toContain('还没有封存过')
    await sealerOf(test, { blockRows: () => 4 }).pass()
    const { said } = await command('audit roots')
    const [root = ''] = /[0-9a-f]{64}$/.exec(said) ?? []
    const { said: verified, code } = await command('audit verify')
    expect(verified).toContain(root)
    expect(verified).toContain('没有与系统之外的封存根核对')
    expect(code).toBe(0)
    // As it stands on paper: in groups, in capitals.
    const typedRoot = root.toUpperCase().replaceAll(/(.{8})/g, '$1 ')
    const checked = await command('audit verify', '--root', typedRoot)
    expect(checked.said).toContain('与系统之外保存的封存根一致')
    expect(checked.code).toBe(0)
    const rows = JSON.parse((await command('audit roots', '--json', '--count', '50')).said)
    expect(rows.at(0)).toMatchObject({ root, completeTo: expect.any(String) })
    expect(rows.length).toBeGreaterThan(1)
  })

  it('find a changed step, for people and as JSON', async () => {
    await tamper('！')
    const { code, said } = await command('audit verify')
    expect(code).toBe(1)
    expect(said).toMatch(/的第 1 步：内容被改动过/)
    expect(said).toContain('请不要修改数据库')
    const json = await command('audit verify', '--json')
    expect(json.code).toBe(1)
    expect(JSON.parse(json.said)).toMatchObject({
      count: 1,
      faults: [{ kind: 'changed', seq: 1, words: expect.stringContaining('内容被改动过') }],
    })
    await sql`update action set summary = rtrim(summary, '！') where record_type = 'hazard' and seq = 1`.execute(
      test.database.db,
    )
    expect((await command('audit verify')).code).toBe(0)
  })

  it('find that the chain of blocks is not the one whose root was kept on paper or in the data folder', async () => {
    const foreign = 'ab'.repeat(32)
    const { code, said } = await command('audit verify', '--root', foreign)
    expect(code).toBe(1)
    expect(said).toContain(`给出的封存根 ${foreign} 不在封存链中`)
    const file = join(test.home, keptRootsFile)
    await writeFile(file, `# 说明\n2026-11-24T01:00:00.000Z 3 ${foreign}\n`)
    const kept = await command('audit verify')
    expect(kept.code).toBe(1)
    expect(kept.said).toContain(`数据目录 ${keptRootsFile} 第2行`)
    await rm(file)
  })

  it('refuse what is no root', () => {
    const prepare = (...args: string[]) => commands.find((row) => row.words === 'audit verify')?.prepare(args)
    expect(() => prepare('--root', '1234')).toThrow(UsageError)
    expect(() => prepare('--paper', '1234')).toThrow(UsageError)
    expect(() => commands.find((row) => row.words === 'audit roots')?.prepare(['--count', '0'])).toThrow(UsageError)
  })
})

describe('admin create', () => {
  it('makes an administrator with a password shown once, and refuses a login that is taken', async () => {
    const { code, said } = await command('admin create', '--login', 'chief', '--name', '张三')
    expect(code).toBe(0)
    expect(said).toMatch(/初始密码：\S{10,}/)
    expect((await command('admin create', '--login', 'chief', '--name', '李四')).code).toBe(1)
    const prepare = () => commands.find((row) => row.words === 'admin create')?.prepare(['--login', 'a'])
    expect(prepare).toThrow(UsageError)
  })
})

describe('the command line', () => {
  it('works on the database DATABASE_URL names, with help and exit codes', async () => {
    const verified = await typed({ DATABASE_URL: test.database.url }, 'tally', 'verify')
    expect(verified).toMatchObject({ code: 0, stderr: '' })
    expect(verified.stdout).toContain('没有差异')
    expect(await typed({}, 'help')).toMatchObject({ code: 0, stdout: expect.stringContaining('admin create') })
    expect(await typed({}, 'tally')).toMatchObject({ code: 2, stderr: expect.stringContaining('没有这个命令') })
    const refused = await typed(
      { DATABASE_URL: test.database.url },
      'admin',
      'create',
      '--login',
      '!',
      '--name',
      '张三',
    )
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('login') })
  })

  it('finds the embedded database of a data folder, beside a running product and without one', async () => {
    const home = await realpath(await mkdtemp(join(tmpdir(), 'zhiben-cli-')))
    const verify = () => typed({ ZHIBEN_HOME: home }, 'tally', 'verify')
    expect(await verify()).toMatchObject({ code: 2, stderr: expect.stringContaining('还没有数据库') })
    const lock = await lockHome(home, '治本系统')
    const server = await startEmbedded({ home })
    try {
      await prepare(server.url)
      lock.update({ state: 'running' })
      expect(await verify()).toMatchObject({ code: 0, stderr: '' })
    } finally {
      await server.stop()
      await lock.release()
    }
    expect(await verify()).toMatchObject({ code: 0, stderr: '' })
    await backupAndRestore(home)
    // It has stopped what it started: the folder is free again.
    await (await lockHome(home, '测试', 0)).release()
    if (!server.folder.startsWith(home)) await rm(server.folder, { recursive: true, force: true })
    await rm(home, { recursive: true, force: true })
  }, 180_000)
})

describe('serve', () => {
  it('refuses what is fit for a trial only, before it writes anything', async () => {
    expect(await typed({}, 'serve')).toMatchObject({ code: 2, stderr: expect.stringContaining('请设置 DATABASE_URL') })
    const nowhere = 'postgres://zhiben:9c3f1e7a5b2d80469c3f@127.0.0.1:9/zhiben'
    expect(await typed({ DATABASE_URL: nowhere }, 'serve')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('连不上 DATABASE_URL'),
    })
    const weak = 'postgres://zhiben:postgres@127.0.0.1:9/zhiben'
    const refused = await typed({ DATABASE_URL: weak }, 'serve')
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('默认的或太弱') })
    expect(refused.stderr).not.toContain(weak)
  })

  it('refuses a database with a demo county in it', async () => {
    const demo = await createTestDatabase()
    try {
      await demo.db.transaction().execute((tx) => writeSetting(tx, '341723', 'demo', true))
      expect(await typed({ DATABASE_URL: demo.url }, 'serve')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('演示数据'),
      })
    } finally {
      await demo.drop()
    }
  })
})

/** As an operator types it: from one data folder into a new one, which is then like the first. */
async function backupAndRestore(home: string): Promise<void> {
  const shelf = await mkdtemp(join(tmpdir(), 'zhiben-cli-shelf-'))
  const [taken, other] = [join(shelf, 'taken'), join(shelf, 'other')]
  const said = await typed({ ZHIBEN_HOME: home }, 'backup', '--to', taken)
  expect(said).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('备份完成') })
  const restored = await typed({ ZHIBEN_HOME: other }, 'restore', '--from', taken)
  expect(restored).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('恢复完成') })
  const again = (more: Record<string, string> = {}) =>
    restore.prepare(['--from', taken])(loadConfig({ ZHIBEN_HOME: other, ...more }), () => {})
  await expect(again({ ZHIBEN_PACK: 'packs/_neutral' })).rejects.toThrow('这是行政区划 341723 的备份')
  await expect(again()).rejects.toThrow('目标数据库不是空的')
  expect(() => backup.prepare([])).toThrow(UsageError)
  await removeCluster(other)
  await rm(shelf, { recursive: true, force: true })
}

async function removeCluster(home: string): Promise<void> {
  const folder = await findClusterFolder(await realpath(home))
  if (folder) await rm(folder, { recursive: true, force: true })
}

/** What the product's first start does to an empty database, as far as the command line needs it. */
async function prepare(url: string): Promise<void> {
  const database = openDatabase(url, { max: 1 })
  const { migrationsDir, packDir } = loadConfig({})
  try {
    await migrate(database.pool, migrationsDir)
    await installPack(database.db, await readPack(packDir), test.clock.now())
  } finally {
    await database.close()
  }
}
