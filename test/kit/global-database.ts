import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { loadTestConfig, projectRoot } from '#platform/config/config.ts'
import { startEmbedded } from '#platform/db/embedded.ts'
import { makeTemplate } from './template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the server's maintenance database; tests make databases of their own from the template. */
    serverUrl: string
    template: string
  }
}

/** One real PostgreSQL for the whole run, and one migrated database that every test database is copied from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { databaseUrl } = loadTestConfig()
  const home = databaseUrl ? undefined : await realpath(await mkdtemp(join(tmpdir(), 'zhiben-test-')))
  const server = home ? await startEmbedded({ home, durable: false }) : undefined
  const url = databaseUrl ?? server?.url ?? ''
  const template = `zhiben_template_${process.pid}`
  const drop = await makeTemplate(url, template, join(projectRoot, 'db/migrations'))
  project.provide('serverUrl', url)
  project.provide('template', template)
  return async () => {
    await drop()
    await server?.stop()
    if (server && home && !server.folder.startsWith(home)) await rm(server.folder, { recursive: true, force: true })
    if (home) await rm(home, { recursive: true, force: true })
  }
}
