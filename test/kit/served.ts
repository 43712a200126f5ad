import { type ChildProcess, fork } from 'node:child_process'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '#kernel/ids.ts'
import { projectRoot } from '#platform/config/config.ts'
import { partBytes } from '#platform/files/files.ts'

export interface Running {
  readonly base: string
  readonly pid: number
  stop(): Promise<void>
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

export async function stopChild(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await ended
}

interface Launch {
  /** Hears of the process before it serves. */
  launched?(child: ChildProcess): void
  /** What is run; the start of a trial when it is left out. */
  readonly command?: readonly [entry: string, ...args: string[]]
}

/** The product as it runs in a county: its own process, from its own entry, on a database that is there already. */
export async function startServer(
  home: string,
  databaseUrl: string | undefined,
  env: Record<string, string> = {},
  { launched, command = ['src/apps/server/main.ts'] }: Launch = {},
) {
  const port = await freePort()
  const begun = performance.now()
  const { NODE_OPTIONS: _, ...rest } = process.env
  const [entry, ...args] = command
  const child = fork(join(projectRoot, entry), args, {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      ...rest,
      PORT: String(port),
      ZHIBEN_HOME: home,
      COOKIE_SECURE: 'false',
      REQUESTS_PER_MINUTE: '100000000',
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
      ...env,
    },
  })
  launched?.(child)
  let words = ''
  child.stdout?.on('data', (part: Buffer) => {
    words = (words + part.toString('utf8')).slice(-2000)
  })
  const base = `http://127.0.0.1:${port}`
  while (!(await answers(base))) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended: ${words}`)
    if (performance.now() - begun > 120_000) throw new Error(`the server did not come up: ${words}`)
    await sleep(10)
  }
  const readyMs = performance.now() - begun
  const seeded = () => words.includes('演示数据已全部建立')
  return { base, pid: child.pid ?? 0, child, readyMs, seeded, words: () => words, stop: () => stopChild(child) }
}

async function answers(base: string): Promise<boolean> {
  try {
    return (await fetch(`${base}/readyz`)).ok
  } catch {
    return false
  }
}

export interface Reply {
  readonly status: number
  readonly text: string
  readonly cookies: string
}

/** So long without a sound the server counts as stuck; a test that waited on would only run into its own limit. */
const patienceMs = 120_000

/** A plain client that keeps its connections, so that what is measured is the server. */
export function client(base: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const send = (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string | Buffer,
  ): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const sent = request(`${base}${path}`, { method, agent, headers, timeout: patienceMs }, (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            text: Buffer.concat(parts).toString('utf8'),
            cookies: (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; '),
          }),
        )
      })
      sent.on('error', reject)
      sent.on('timeout', () => sent.destroy(new Error(`${path} was not answered in time`)))
      sent.end(body)
    })
  return { send, close: () => agent.destroy() }
}

export const ownPage = { 'x-zhiben': '1', 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }

/** A person at the product's own address. */
export type Visitor = Awaited<ReturnType<typeof signIn>>

/** Signs in over HTTP and answers how to ask and act as that person. */
export async function signIn(base: string, login: string, password: string, connections = 10) {
  const { send, close } = client(base, connections)
  const reply = await send('POST', '/api/identity/signIn', ownPage, JSON.stringify({ login, password }))
  if (reply.status !== 200) throw new Error(`${login} could not sign in: ${reply.text}`)
  const cookie = reply.cookies
  const sound = (answer: Reply) => {
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text.slice(0, 300)}`)
    return answer
  }
  return {
    close,
    /** The raw answer to a query: parsing it is not what is measured. */
    ask: async (path: string, input: unknown): Promise<Reply> =>
      sound(await send('GET', `${path}?input=${encodeURIComponent(JSON.stringify(input))}`, { cookie })),
    act: async (path: string, body: unknown): Promise<Reply> =>
      sound(await send('POST', path, { ...ownPage, cookie }, JSON.stringify(body))),
    /** Sends a file in parts and answers the id of its upload. */
    async upload(name: string, purpose: string, bytes: Buffer): Promise<string> {
      const id = newId(Date.now())
      const json = { ...ownPage, cookie }
      const begin = JSON.stringify({ id, name, size: bytes.length, purpose })
      sound(await send('POST', '/api/uploads', json, begin))
      const part = { ...json, 'content-type': 'application/octet-stream' }
      for (let offset = 0; offset < bytes.length; offset += partBytes) {
        const chunk = bytes.subarray(offset, offset + partBytes)
        sound(await send('PUT', `/api/uploads/${id}?offset=${offset}`, part, chunk))
      }
      sound(await send('POST', `/api/uploads/${id}/finish`, json, '{}'))
      return id
    },
    /** Any answer, refusals too. */
    try: (path: string, body: unknown): Promise<Reply> =>
      send('POST', path, { ...ownPage, cookie }, JSON.stringify(body)),
  }
}
