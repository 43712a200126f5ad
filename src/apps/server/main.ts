import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { loadConfig, projectRoot } from '#platform/config/config.ts'

// What was stripped of its types and compiled at the last start is taken as it is: a second less of the processor. Where it
// cannot be kept, nothing is lost but that second. Before anything large is loaded, hence the late import.
enableCompileCache(join(projectRoot, 'dist', 'compile-cache'))
const { isStartRefusal, serveProduct } = await import('./serve.ts')

const run = async () => serveProduct(loadConfig())

run().catch((error: unknown) => {
  console.error(isStartRefusal(error) ? `\n${error.message}` : error)
  process.exit(1)
})
