import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { systemClock } from '#kernel/time.ts'
import { loadConfig, projectRoot } from '#platform/config/config.ts'
import { startEmbedded } from '#platform/db/embedded.ts'
import { openProduct } from '../server/product.ts'
import { generatedPages } from './pages.ts'

// Writes docs/generated from the code and from a database that is made for it and thrown away.
const home = await realpath(await mkdtemp(join(tmpdir(), 'zhiben-docs-')))
const server = await startEmbedded({ home, durable: false })
try {
  const config = { ...loadConfig({}), home }
  const logger = pino({ level: 'silent' })
  const product = await openProduct({ config, databaseUrl: server.url, clock: systemClock, logger })
  try {
    const folder = join(projectRoot, 'docs/generated')
    await mkdir(folder, { recursive: true })
    for (const [name, text] of await generatedPages(product.modules, product.database.db)) {
      await writeFile(join(folder, name), text)
      console.log(`docs/generated/${name}`)
    }
  } finally {
    await product.close()
  }
} finally {
  await server.stop()
  if (!server.folder.startsWith(home)) await rm(server.folder, { recursive: true, force: true })
  await rm(home, { recursive: true, force: true })
}
