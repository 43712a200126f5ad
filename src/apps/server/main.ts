import { loadConfig } from '#platform/config/config.ts'
import { isStartRefusal, serveProduct } from './serve.ts'

const run = async () => serveProduct(loadConfig())

run().catch((error: unknown) => {
  console.error(isStartRefusal(error) ? `\n${error.message}` : error)
  process.exit(1)
})
