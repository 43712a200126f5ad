import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { appendFile, chmod, chown, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import {
  type Binaries,
  bareEnvironment,
  canEnter,
  findBinaries,
  type ServerUser,
  serverUser,
  systemFolder,
} from './embedded-binaries.ts'

export interface EmbeddedOptions {
  /** Real, absolute path of the data folder; the caller holds its lock (lockHome). */
  readonly home: string
  /** False only for test databases, which nobody mourns: no fsync, so tests do not wait for the disk. */
  readonly durable?: boolean
  /** Hears that the server ended although nobody asked it to. */
  readonly onExit?: (code: number | null) => void
}

export interface EmbeddedDatabase {
  /** Connection address of the product's own database. */
  readonly url: string
  readonly folder: string
  stop(): Promise<void>
}

const databaseName = 'zhiben'
const pointerName = 'database-folder'
const startMs = 60_000

/**
 * Starts the PostgreSQL that comes with the product on a cluster inside the data folder, making it on the first run.
 * It listens on 127.0.0.1 only, on a free port, with a random password kept in the data folder. Throws with a Chinese
 * message that says what to do.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const user = await serverUser()
  const binaries = await findBinaries(user)
  const folder = await clusterFolder(options.home, user)
  const data = join(folder, 'data')
  const password = await readPassword(folder, user)
  await stopLeftOver(data)
  if (!existsSync(join(data, 'PG_VERSION'))) {
    await createCluster(binaries, folder, user)
    await writeFile(join(options.home, pointerName), `${folder}\n`)
  } else await refuseOtherMajor(data, binaries)
  const port = await freePort()
  const server = spawn(binaries.postgres, ['-D', data, ...settings(port, options.durable ?? true)], {
    ...user,
    cwd: '/',
    env: bareEnvironment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C in the terminal must reach the product, which then stops the database in order.
    detached: true,
  })
  const log = join(folder, 'postgres.log')
  const tail = keepLog(server, log)
  const url = addressOf(password, port)
  let stopping = false
  server.on('exit', (code) => {
    if (!stopping) options.onExit?.(code)
  })
  try {
    await waitUntilReady(server, url, tail, log)
  } catch (error) {
    stopping = true
    await stopServer(server)
    throw error
  }
  return {
    url,
    folder,
    async stop() {
      stopping = true
      await stopServer(server)
    },
  }
}

/**
 * The address of the server that another process has started on this home; undefined when no embedded one runs there.
 * For tools that work beside the product: they use its server and never stop it.
 */
export async function runningEmbedded(home: string): Promise<string | undefined> {
  const pointer = join(home, pointerName)
  if (!existsSync(pointer)) return undefined
  const folder = (await readFile(pointer, 'utf8')).trim()
  const file = join(folder, 'data', 'postmaster.pid')
  if (!existsSync(file)) return undefined
  // Lines of postmaster.pid: process, data folder, start time, port.
  const [pid, , , port] = (await readFile(file, 'utf8')).split('\n')
  if (!port || !isServerOf(Number(pid), join(folder, 'data'))) return undefined
  return addressOf((await readFile(join(folder, 'password'), 'utf8')).trim(), Number(port))
}

const addressOf = (password: string, port: number) => `postgres://zhiben:${password}@127.0.0.1:${port}/${databaseName}`

/** True when a database was made for this home before. */
export const hasEmbedded = (home: string) => existsSync(join(home, pointerName))

function settings(port: number, durable: boolean): string[] {
  const lines = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=60',
    'shared_buffers=256MB',
    'effective_cache_size=1GB',
    'work_mem=16MB',
    'maintenance_work_mem=128MB',
    'max_wal_size=2GB',
    'timezone=Asia/Shanghai',
    'log_timezone=Asia/Shanghai',
    'jit=off',
    // Stopping must not wait for a checkpoint spread over minutes.
    'checkpoint_completion_target=0.5',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ]
  return lines.flatMap((line) => ['-c', line])
}

/**
 * The folder of the cluster: inside the home, or under /var/lib/zhiben when PostgreSQL's own user cannot enter the home.
 * The choice is written down in the home, so that a later change of the folder's rights does not start an empty database.
 */
async function clusterFolder(home: string, user: ServerUser): Promise<string> {
  const pointer = join(home, pointerName)
  if (existsSync(pointer)) {
    const folder = (await readFile(pointer, 'utf8')).trim()
    if (!existsSync(join(folder, 'data'))) {
      throw new Error(
        `数据库目录 ${folder} 不见了（${pointer} 指向它）。请从备份恢复；确认要从头开始时，删除 ${pointer} 后重新启动`,
      )
    }
    return folder
  }
  await mkdir(home, { recursive: true })
  const inside = canEnter(home, user)
  const name = createHash('sha256')
    .update(await realpath(home))
    .digest('hex')
    .slice(0, 16)
  const folder = inside ? join(home, 'postgres') : join(systemFolder, name)
  await mkdir(folder, { recursive: true })
  if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid)
  await chmod(folder, 0o700)
  return folder
}

async function readPassword(folder: string, user: ServerUser): Promise<string> {
  const file = join(folder, 'password')
  if (!existsSync(file)) {
    await writeFile(file, randomBytes(24).toString('hex'), { mode: 0o600 })
    if (user.uid !== undefined && user.gid !== undefined) await chown(file, user.uid, user.gid)
  }
  return (await readFile(file, 'utf8')).trim()
}

/** A cluster is complete or absent: it gets its name only when initdb has ended well. */
async function createCluster(binaries: Binaries, folder: string, user: ServerUser): Promise<void> {
  const draft = join(folder, 'data.draft')
  await rm(draft, { recursive: true, force: true })
  const secret = join(folder, 'password')
  const args = ['-D', draft, '-U', 'zhiben', '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8']
  // Provider builtin, C.UTF-8: orders by code point on every machine alike, so a backup restored elsewhere keeps its indexes.
  args.push('--locale-provider=builtin', '--locale=C.UTF-8', '--no-instructions')
  const made = spawnSync(binaries.initdb, args, { ...user, cwd: '/', env: bareEnvironment, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`数据库未能建立：${lastLine(made.stderr) || made.error?.message}`)
  await rename(draft, join(folder, 'data'))
}

async function refuseOtherMajor(data: string, binaries: Binaries): Promise<void> {
  const major = Number((await readFile(join(data, 'PG_VERSION'), 'utf8')).trim())
  if (major === binaries.major) return
  throw new Error(
    `数据目录中的数据库是 PostgreSQL ${major}，本程序带的是 ${binaries.major}。请用原来的版本导出备份，再用新版本恢复`,
  )
}

/** After SIGKILL of the product its PostgreSQL lives on; we hold the lock of the home, so nobody needs it any more. */
async function stopLeftOver(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 1 || !isServerOf(pid, data)) return
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal)
    for (let waited = 0; waited < 10_000; waited += 100) {
      if (!isServerOf(pid, data)) return
      await sleep(100)
    }
  }
  throw new Error(`上次运行留下的数据库进程 ${pid} 不能停止，请手动结束它后重试`)
}

/** The number in a pid file may since have gone to another program; only a server on this very cluster is ours. */
function isServerOf(pid: number, data: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(data)
  } catch {
    // Not Linux, or it ended just now: without /proc the pid file is all there is.
    return !existsSync('/proc/self')
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Writes the server's words to its log and keeps the last of them for an error message. */
function keepLog(server: ChildProcess, log: string): () => string {
  let last = ''
  const take = (chunk: Buffer) => {
    last = (last + chunk.toString('utf8')).slice(-4_000)
    appendFile(log, chunk).catch(() => {})
  }
  server.stdout?.on('data', take)
  server.stderr?.on('data', take)
  return () => last
}

async function waitUntilReady(server: ChildProcess, url: string, tail: () => string, log: string): Promise<void> {
  const admin = url.replace(/\/[^/]*$/, '/postgres')
  for (let waited = 0; waited < startMs; waited += 50) {
    if (server.exitCode !== null || server.signalCode !== null) {
      throw new Error(`数据库未能启动：${lastLine(tail())}。详见 ${log}`)
    }
    const client = new pg.Client({ connectionString: admin, connectionTimeoutMillis: 2_000 })
    try {
      await client.connect()
      const known = await client.query('select 1 from pg_database where datname = $1', [databaseName])
      if (known.rowCount === 0) await client.query(`create database ${databaseName}`)
      return
    } catch (error) {
      // 57P03: the server is up and still replaying its log after a crash.
      const code = (error as { code?: string }).code
      if (code !== 'ECONNREFUSED' && code !== '57P03') throw error
    } finally {
      await client.end().catch(() => {})
    }
    await sleep(50)
  }
  throw new Error(`数据库在 ${startMs / 1000} 秒内没有就绪。详见 ${log}`)
}

/** SIGINT is PostgreSQL's fast stop: open sessions are ended, everything committed is on disk. */
async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  server.kill('SIGINT')
  const late = setTimeout(() => server.kill('SIGQUIT'), 6_000)
  await ended
  clearTimeout(late)
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
