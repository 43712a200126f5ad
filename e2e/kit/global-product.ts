import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestProject } from 'vitest/node'
import { projectRoot } from '#platform/config/config.ts'
import { findClusterFolder } from '#platform/db/embedded-cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the running product, demo data and all. */
    address: string
  }
}

/** Starts the product as `npm start` does, on a data folder of its own, and waits until its demo county is complete. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'zhiben-e2e-'))
  const port = await freePort()
  const environment = { ...process.env, PORT: String(port), ZHIBEN_HOME: home, ZHIBEN_MODE: 'demo', DATABASE_URL: '' }
  const server = spawn(process.execPath, ['src/apps/server/main.ts'], { cwd: projectRoot, env: environment })
  let said = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve))
  const complete = /演示数据：(\d+) \/ \1/
  const remove = async () => {
    server.kill('SIGTERM')
    await ended
    // As root the database lies outside the data folder, which alone knows where.
    const cluster = await findClusterFolder(home)
    for (const folder of [cluster, home]) if (folder) await rm(folder, { recursive: true, force: true })
  }
  for (let waited = 0; !complete.test(said); waited += 200) {
    if (server.exitCode !== null || waited > 300_000) {
      await remove()
      throw new Error(`the product did not come up:\n${said}`)
    }
    await sleep(200)
  }
  project.provide('address', `http://127.0.0.1:${port}`)
  return remove
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const place = probe.address()
      probe.close(() => resolve(typeof place === 'object' && place ? place.port : 0))
    })
  })
}
