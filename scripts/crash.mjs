// Kills the product again and again while people write, and looks what became of their work; see test/crash.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install, nodePath, runToEnd } from './launch.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
await install()
process.exitCode = await runToEnd(nodePath(), [join(root, 'bench', 'crash.ts'), ...process.argv.slice(2)])
