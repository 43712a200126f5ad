import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, copyFile, cp, mkdir, mkdtemp, readFile, realpath, rename, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemFolder } from '#platform/db/embedded-binaries.ts'
import { findClusterFolder } from '#platform/db/embedded-cluster.ts'
import { alive, freePort, launch, postgresOf, removeHome, until } from './launched.ts'

const isRoot = process.getuid?.() === 0

/** A folder everybody may enter, so that the database lies inside the data folders also when root runs the tests. */
let folder = ''
let home = ''

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'zhiben-start-')))
  await chmod(folder, 0o755)
  home = join(folder, 'home')
})

afterAll(async () => {
  for (const name of readdirSync(folder)) await removeHome(join(folder, name))
  await rm(folder, { recursive: true, force: true })
})

const gone = (...pids: number[]) => until(`${pids} have ended`, () => !pids.some(alive))

// Each test starts real servers, which on a machine with other work take many times longer than alone.
describe('the launcher', { timeout: 240_000 }, () => {
  it('stops on a signal that comes while the database is being made', async () => {
    const run = await launch(home)
    await until('the database is started', async () => (await postgresOf(home)) !== undefined)
    const postgres = (await postgresOf(home)) ?? 0
    run.launcher.kill('SIGTERM')
    expect(await run.ended).toBe(0)
    await gone(postgres)
  })

  it('serves, refuses a second start by name, and ends everything on SIGTERM', async () => {
    const run = await launch(home)
    const { server, postgres } = await run.ready()
    const second = await launch(home)
    expect(await second.ended).not.toBe(0)
    expect(second.said()).toMatch(/正在被另一个进程使用/)
    expect(second.said()).toContain(`进程号 ${server}`)
    expect(await run.healthy()).toBe(true)
    run.launcher.kill('SIGTERM')
    expect(await run.ended).toBe(0)
    await gone(server, postgres)
    expect(run.said()).toMatch(/已停止/)
  })

  it('lets a copied data folder live beside the first, and ends both on SIGINT', async () => {
    const copy = join(folder, 'copy')
    await cp(home, copy, { recursive: true, preserveTimestamps: true })
    if (isRoot) giveToPostgres(copy)
    const first = await launch(home)
    const one = await first.ready()
    // As `cp -a` of a running folder has it: the copy names the first's living server.
    await copyFile(join(home, 'postgres/data/postmaster.pid'), join(copy, 'postgres/data/postmaster.pid'))
    const second = await launch(copy)
    const two = await second.ready()
    expect(two.postgres).not.toBe(one.postgres)
    expect([alive(one.postgres), await first.healthy()]).toEqual([true, true])
    for (const run of [first, second]) run.launcher.kill('SIGINT')
    expect(await Promise.all([first.ended, second.ended])).toEqual([0, 0])
    await gone(one.server, one.postgres, two.server, two.postgres)
  })

  it('takes its server along when it is killed, also from a folder that was moved', async () => {
    const moved = join(folder, 'moved')
    await rename(join(folder, 'copy'), moved)
    const run = await launch(moved)
    const { server, postgres } = await run.ready()
    run.launcher.kill('SIGKILL')
    await gone(server, postgres)
  })

  it('takes over the database that a killed server left', async () => {
    const run = await launch(home)
    const { server, postgres } = await run.ready()
    process.kill(server, 'SIGKILL')
    expect(await run.ended).toBe(1)
    expect(alive(postgres)).toBe(true)
    const next = await launch(home)
    const now = await next.ready()
    expect(alive(postgres)).toBe(false)
    next.launcher.kill('SIGTERM')
    expect(await next.ended).toBe(0)
    await gone(now.server, now.postgres)
  })

  it('says that PORT is taken before it makes a database', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const fresh = join(folder, 'fresh')
    const run = await launch(fresh, { port })
    expect(await run.ended).toBe(1)
    await new Promise((resolve) => other.close(resolve))
    expect(run.said()).toContain(`端口 ${port} 已被别的程序占用`)
    expect(run.said()).not.toMatch(/\n\s+at /)
    expect(await findClusterFolder(fresh)).toBeUndefined()
    expect(existsSync(join(fresh, 'postgres'))).toBe(false)
  })

  it.runIf(isRoot)('works as root in a folder only root may enter, and under umask 077', async () => {
    const closed = join(folder, 'closed')
    await mkdir(closed, { mode: 0o700 })
    const run = await launch(closed, { umask: '077' })
    const { server, postgres } = await run.ready()
    const cluster = (await findClusterFolder(closed)) ?? ''
    expect(cluster.startsWith(systemFolder)).toBe(true)
    expect((await readFile(join(cluster, 'owner'), 'utf8')).trim()).toBe(closed)
    await refusesTheCopyOf(closed)
    expect([alive(postgres), await run.healthy()]).toEqual([true, true])
    run.launcher.kill('SIGTERM')
    expect(await run.ended).toBe(0)
    await gone(server, postgres)
  })
})

/** A copy whose pointer leads to the first's database outside: refused with the way out, before anything is touched. */
async function refusesTheCopyOf(first: string): Promise<void> {
  const twin = await mkdtemp(join(folder, 'twin-'))
  await copyFile(join(first, 'database-folder'), join(twin, 'database-folder'))
  const run = await launch(twin, { port: await freePort() })
  expect(await run.ended).toBe(1)
  expect(run.said()).toContain(`是 ${first} 的副本`)
  // Not a data folder with a database of its own: nothing to remove but itself.
  await rm(twin, { recursive: true })
}

/** Node's copy gives root's copies to root; `cp -a` would have kept PostgreSQL's own user. */
function giveToPostgres(home: string): void {
  expect(spawnSync('chown', ['-R', 'postgres:', join(home, 'postgres')]).status).toBe(0)
}
