import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { projectRoot } from '#platform/config/config.ts'
import { findClusterFolder } from '#platform/db/embedded-cluster.ts'
import { askHolder } from '#platform/db/embedded-lock.ts'

const patienceMs = 120_000

/** The product started as `npm start` does it. */
export interface Launched {
  readonly launcher: ChildProcess
  readonly port: number
  /** Exit code of the launcher; null when a signal ended it. */
  readonly ended: Promise<number | null>
  said(): string
  healthy(): Promise<boolean>
  /** Waits until it serves, and answers the processes at work. */
  ready(): Promise<{ server: number; postgres: number }>
}

export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + patienceMs
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`)
    await sleep(50)
  }
}

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // A killed process whose parent has not asked for its end still has a number.
  return !existsSync('/proc/self') || !/^State:\s+Z/m.test(readStatus(pid))
}

function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return 'State: Z'
  }
}

export async function postgresOf(home: string): Promise<number | undefined> {
  const folder = await findClusterFolder(home)
  const file = join(folder ?? home, 'data', 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** Starts the launcher on a data folder. Production mode: no demo county, whose filling is no part of what is tried. */
export async function launch(home: string, options: { port?: number; umask?: string } = {}): Promise<Launched> {
  const port = options.port ?? (await freePort())
  const env = { ...process.env, PORT: String(port), HOST: '', ZHIBEN_HOME: home, ZHIBEN_MODE: 'production' }
  const words = ['-c', `umask ${options.umask ?? '022'}; exec "$0" scripts/launch.mjs`, process.execPath]
  const launcher = spawn('/bin/sh', words, { cwd: projectRoot, env: { ...env, DATABASE_URL: '' } })
  let text = ''
  for (const stream of [launcher.stdout, launcher.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk))
  const ended = new Promise<number | null>((resolve) => launcher.once('exit', resolve))
  const healthy = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      (answer) => answer.status === 200,
      () => false,
    )
  return {
    launcher,
    port,
    ended,
    healthy,
    said: () => text,
    async ready() {
      await until('the product serves', async () => {
        if (launcher.exitCode !== null) throw new Error(`the product did not come up:\n${text}`)
        return healthy()
      })
      const holder = await askHolder(home)
      return { server: holder?.pid ?? 0, postgres: (await postgresOf(home)) ?? 0 }
    },
  }
}

/** Removes a data folder and its database, wherever that lies, after whatever a failed test left running. */
export async function removeHome(home: string): Promise<void> {
  const server = (await askHolder(home))?.pid
  const postgres = await postgresOf(home)
  for (const pid of [server, postgres]) if (pid && pid !== process.pid && alive(pid)) process.kill(pid, 'SIGINT')
  for (const pid of [server, postgres]) if (pid) await until(`${pid} has ended`, () => !alive(pid))
  const cluster = await findClusterFolder(home)
  for (const folder of [cluster, home]) if (folder) await rm(folder, { recursive: true, force: true })
}
