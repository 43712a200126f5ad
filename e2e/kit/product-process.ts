import { type ChildProcess, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { projectRoot } from '#platform/config/config.ts'
import { findClusterFolder } from '#platform/db/embedded-cluster.ts'

// Filling the demo county takes minutes on a busy machine with two cores.
const patienceMs = 900_000

/** The product with demo data as `npm start` runs it, in a process of its own. */
export interface ProductProcess {
  readonly server: ChildProcess
  readonly address: string
  readonly ended: Promise<unknown>
  said(): string
  /** Waits until the words were said; fails with everything said when it ends before. */
  until(what: string, holds: () => boolean | Promise<boolean>): Promise<void>
}

export function spawnProduct(home: string, port: number, more: Readonly<Record<string, string>> = {}): ProductProcess {
  const own = { PORT: String(port), ZHIBEN_HOME: home, ZHIBEN_MODE: 'demo', DATABASE_URL: '' }
  const environment = { ...process.env, ...own, ...more }
  const server = spawn(process.execPath, ['src/apps/server/main.ts'], { cwd: projectRoot, env: environment })
  let said = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return {
    server,
    address: `http://127.0.0.1:${port}`,
    ended: new Promise((resolve) => server.once('exit', resolve)),
    said: () => said,
    async until(what, holds) {
      for (let waited = 0; !(await holds()); waited += 200) {
        if (server.exitCode !== null || waited > patienceMs) throw new Error(`waited in vain until ${what}:\n${said}`)
        await sleep(200)
      }
    },
  }
}

/** Ends the product and removes its data folder with the database, which lies elsewhere when root runs the tests. */
export async function removeProduct(product: ProductProcess, home: string): Promise<void> {
  product.server.kill('SIGTERM')
  await product.ended
  const cluster = await findClusterFolder(home)
  for (const folder of [cluster, home]) if (folder) await rm(folder, { recursive: true, force: true })
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const place = probe.address()
      probe.close(() => resolve(typeof place === 'object' && place ? place.port : 0))
    })
  })
}
