// Measures the product and prints each figure beside its floor; see bench/main.ts for what can be asked.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWeb, install, nodePath, runToEnd } from './launch.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
await install()
await buildWeb()
process.exitCode = await runToEnd(nodePath(), [join(root, 'bench', 'main.ts'), ...process.argv.slice(2)])
