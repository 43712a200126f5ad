import { createHash } from 'node:crypto'
import { createConnection, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

/*
 * One process at a time may work on a data folder. The lock is a listening socket whose name is derived from the folder:
 * the kernel lets exactly one process bind a name and frees it when that process ends, however it ends. A lock *file*
 * has neither property: after SIGKILL it stays, and between "it looks stale" and "I take it" two starters can both win.
 * The socket also answers who holds the folder, so there is no second file that could disagree with the lock.
 * On Linux the name lies in the abstract namespace, so nothing remains on disk; it is per network namespace, which is why
 * two containers must not share one data folder (PostgreSQL itself forbids that too).
 */

const holderShape = z.object({
  pid: z.number(),
  purpose: z.string(),
  address: z.string().nullable(),
  state: z.enum(['starting', 'running', 'stopping']),
})
export type Holder = z.infer<typeof holderShape>

export interface HomeLock {
  /** Tells those who ask what the holder is doing now. */
  update(change: Partial<Omit<Holder, 'pid'>>): void
  release(): Promise<void>
}

/** The data folder is in use; the message is Chinese and names the process and its address. */
export class HomeHeldError extends Error {
  override readonly name = 'HomeHeldError'
  readonly holder: Holder
  constructor(home: string, holder: Holder) {
    const where = holder.address === null ? '' : `，地址 ${holder.address}`
    super(
      `数据目录 ${home} 正在被另一个进程使用：${holder.purpose}（进程号 ${holder.pid}${where}）。` +
        `请直接使用它，或先停止它（kill ${holder.pid}）再启动；要另开一套，请用 ZHIBEN_HOME 指定别的目录、用 PORT 指定别的端口`,
    )
    this.holder = holder
  }
}

function socketPath(home: string): string {
  const name = `zhiben-home-${createHash('sha256').update(home).digest('hex').slice(0, 40)}`
  if (process.platform === 'linux') return `\0${name}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  return join(tmpdir(), `${name}.sock`)
}

function listen(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    )
    server.listen({ path }, () => resolve(true))
  })
}

/** Asks who holds a data folder (its real, absolute path); null when nobody does. */
export function askHolder(home: string): Promise<Holder | null> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ path: socketPath(home) })
    let text = ''
    socket.setEncoding('utf8')
    socket.setTimeout(3_000, () =>
      socket.destroy(new Error(`数据目录 ${home} 被占用，但占用它的进程没有应答，请稍后重试`)),
    )
    socket.on('data', (chunk: string) => {
      text += chunk
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const gone = error.code === 'ECONNREFUSED' || error.code === 'ENOENT' || error.code === 'ECONNRESET'
      if (gone) resolve(null)
      else reject(error)
    })
    // An answer cut short means that the holder ended while it spoke.
    socket.on('end', () => resolve(text.endsWith('\n') ? holderShape.parse(JSON.parse(text)) : null))
  })
}

/**
 * Takes the lock of a data folder (its real, absolute path) for the life of this process. A holder that is already
 * stopping is waited for, at most `patienceMs`; otherwise HomeHeldError.
 */
export async function lockHome(home: string, purpose: string, patienceMs = 15_000): Promise<HomeLock> {
  const holder: Holder = { pid: process.pid, purpose, address: null, state: 'starting' }
  for (let waited = 0; ; waited += 200) {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.end(`${JSON.stringify(holder)}\n`)
    })
    if (await listen(server, socketPath(home))) {
      server.unref()
      return {
        update: (change) => {
          Object.assign(holder, change)
        },
        release: () => new Promise((resolve) => server.close(() => resolve())),
      }
    }
    const other = await askHolder(home)
    const mayPass = other === null || other.state === 'stopping'
    if (other !== null && (!mayPass || waited >= patienceMs)) throw new HomeHeldError(home, other)
    if (other === null) await clearDeadSocket(home)
    if (waited >= patienceMs) throw new Error(`数据目录 ${home} 的占用标记无法取得，请稍后重试`)
    await sleep(200)
  }
}

/** Only where socket names lie on disk (macOS): a killed holder leaves its name behind, with nobody listening. */
async function clearDeadSocket(home: string): Promise<void> {
  if (process.platform === 'linux' || process.platform === 'win32') return
  const { rm } = await import('node:fs/promises')
  await rm(socketPath(home), { force: true })
}
