// The command line of the product, on the project's own Node whatever the machine has.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install, nodePath } from './launch.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
await install()
const main = join(root, 'src', 'apps', 'cli', 'main.ts')
process.exitCode = spawnSync(nodePath(), [main, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 2
