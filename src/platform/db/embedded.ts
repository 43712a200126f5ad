import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { appendFile, readFile, realpath } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { rotateLog } from '../log/rotate.ts'
import { type Binaries, bareEnvironment, findBinaries, type ServerUser, serverUser } from './embedded-binaries.ts'
import {
  ClusterError,
  createCluster,
  findClusterFolder,
  openClusterFolder,
  readPassword,
  refuseCopied,
  refuseOtherMajor,
  rememberCluster,
} from './embedded-cluster.ts'
import { runningServer, stopLeftOver } from './embedded-leftover.ts'
import { type HomeLock, lockHome } from './embedded-lock.ts'
import { keepUp } from './embedded-revival.ts'

export interface EmbeddedOptions {
  /** Real, absolute path of the data folder; the caller holds its lock (lockHome). */
  readonly home: string
  /** False only for test databases, which nobody mourns: no fsync, so tests do not wait for the disk. */
  readonly durable?: boolean
  /** Hears that the server ended although nobody asked it to, and that it is being started again. */
  readonly onRestart?: (code: number | null) => void
  /** Hears that it has ended for good: it ended too often, or cannot be started again. */
  readonly onExit?: (code: number | null) => void
}

export interface EmbeddedDatabase {
  /** Connection address of the product's own database. */
  readonly url: string
  readonly folder: string
  /** What the server has to say is written here. */
  readonly log: string
  stop(): Promise<void>
}

const databaseName = 'zhiben'
const startMs = 60_000
const portTries = 4

/**
 * Starts the PostgreSQL that comes with the product on the cluster of the data folder, making it on the first run.
 * It listens on 127.0.0.1 only, on a free port, with a random password kept beside the cluster. However this process
 * ends, the server ends with it (after SIGKILL: at the next start); a server that ends by itself is started again. Throws with a Chinese message that says what to do.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const user = await serverUser()
  const binaries = await findBinaries(user)
  const folder = await openClusterFolder(options.home, user)
  // Links and mounts can lead two data folders to one cluster, which the lock of the data folder cannot see.
  const lock = await lockHome(await realpath(folder), '治本系统的数据库')
  try {
    return await openCluster(options, { user, binaries, folder, lock })
  } catch (error) {
    await lock.release()
    throw error
  }
}

interface Place {
  readonly user: ServerUser
  readonly binaries: Binaries
  readonly folder: string
  readonly lock: HomeLock
}

async function openCluster(options: EmbeddedOptions, place: Place): Promise<EmbeddedDatabase> {
  const { user, binaries, folder, lock } = place
  const data = join(folder, 'data')
  const log = join(folder, 'postgres.log')
  const password = await readPassword(folder, user)
  await stopLeftOver(data)
  if (existsSync(join(data, 'PG_VERSION'))) await refuseOtherMajor(data, binaries)
  else await createCluster(binaries, folder, user)
  await rememberCluster(options.home, folder)
  rotateLog(log)
  for (let tries = 1; ; tries += 1) {
    const port = await freePort()
    const url = addressOf(password, port)
    let words = () => ''
    const again = async () => {
      const server = launch(place, data, log, settings(port, options.durable ?? true))
      words = server.words
      try {
        await waitUntilReady(server, url, log)
      } catch (error) {
        await server.stop()
        throw error
      }
      return server
    }
    try {
      const { onRestart = () => {}, onExit = () => {} } = options
      const kept = keepUp(await again(), { again, onRestart, onGivenUp: onExit })
      return { url, folder, log, stop: () => kept.stop().then(lock.release) }
    } catch (error) {
      // Between asking for a free port and binding it another program can take it.
      if (tries >= portTries || !/could not bind|already in use/i.test(words())) throw error
    }
  }
}

/**
 * The address of the server that another process has started on this home; undefined when no embedded one runs there.
 * For tools that work beside the product: they use its server and never stop it.
 */
export async function runningEmbedded(home: string): Promise<string | undefined> {
  const folder = await findClusterFolder(home)
  if (folder === undefined) return undefined
  await refuseCopied(folder, home)
  const running = runningServer(join(folder, 'data'))
  if (running?.kinship !== 'ours' || !running.port) return undefined
  return addressOf((await readFile(join(folder, 'password'), 'utf8')).trim(), running.port)
}

const addressOf = (password: string, port: number) => `postgres://zhiben:${password}@127.0.0.1:${port}/${databaseName}`

/** True when a database was made for this home before. */
export const hasEmbedded = async (home: string) => (await findClusterFolder(home)) !== undefined

interface Server {
  /** Why it is not running, when it is not. */
  failure(): string | undefined
  /** The last words it wrote. */
  words(): string
  /** Hears of an end nobody asked for, also when it has already come. */
  onEnd(listener: (code: number | null) => void): void
  stop(): Promise<void>
}

function launch({ binaries, user }: Place, data: string, log: string, args: readonly string[]): Server {
  const child = spawn(binaries.postgres, ['-D', data, ...args], {
    ...user,
    cwd: '/',
    env: bareEnvironment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C in the terminal must reach the product, which then stops the database in order.
    detached: true,
  })
  // A group of its own also outlives us: on every way out of this process that is not SIGKILL it is told to stop.
  const farewell = () => void child.kill('SIGINT')
  process.once('exit', farewell)
  const words = keepLog(child, log)
  let refused: Error | undefined
  let stopping = false
  let listener: ((code: number | null) => void) | undefined
  const ended = () => refused !== undefined || child.exitCode !== null || child.signalCode !== null
  const tell = () => {
    process.off('exit', farewell)
    if (!stopping) listener?.(child.exitCode)
  }
  child.once('error', (error) => {
    refused = error
    tell()
  })
  child.once('exit', tell)
  return {
    words,
    failure: () => (ended() ? (refused?.message ?? lastLine(words())) : undefined),
    onEnd(heard) {
      listener = heard
      if (ended() && !stopping) heard(child.exitCode)
    },
    async stop() {
      stopping = true
      if (!ended()) await stopServer(child)
    },
  }
}

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
    // Many short questions at a time: helpers for one would be taken from the others, and the data lies in memory or on flash.
    'max_parallel_workers_per_gather=0',
    'random_page_cost=1.1',
    // Stopping must not wait for a checkpoint spread over minutes.
    'checkpoint_completion_target=0.5',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ]
  return lines.flatMap((line) => ['-c', line])
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

async function waitUntilReady(server: Server, url: string, log: string): Promise<void> {
  const admin = url.replace(/\/[^/]*$/, '/postgres')
  for (let waited = 0; waited < startMs; waited += 50) {
    const failure = server.failure()
    if (failure !== undefined) throw new ClusterError(`数据库未能启动：${failure}。详见 ${log}`)
    const client = new pg.Client({ connectionString: admin, connectionTimeoutMillis: 2_000 })
    try {
      await client.connect()
      const known = await client.query('select 1 from pg_database where datname = $1', [databaseName])
      if (known.rowCount === 0) await client.query(`create database ${databaseName}`)
      return
    } catch (error) {
      // 57P03: the server is up and still replaying its log after a crash. A server that has just ended is told of above.
      const code = (error as { code?: string }).code
      if (code !== 'ECONNREFUSED' && code !== '57P03' && server.failure() === undefined) throw error
    } finally {
      await client.end().catch(() => {})
    }
    await sleep(50)
  }
  throw new ClusterError(`数据库在 ${startMs / 1000} 秒内没有就绪。详见 ${log}`)
}

/** SIGINT is PostgreSQL's fast stop: open sessions are ended, everything committed is on disk. */
async function stopServer(server: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  server.kill('SIGINT')
  const late = setTimeout(() => server.kill('SIGQUIT'), 8_000)
  await ended
  clearTimeout(late)
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
