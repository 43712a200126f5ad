// The command line of the product, on the project's own Node whatever the machine has.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWeb, install, nodePath, serve } from './launch.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const args = process.argv.slice(2)
const main = join('src', 'apps', 'cli', 'main.ts')
await install()
if (args[0] === 'serve') {
  await buildWeb()
  // Lives until a signal stops it, which is handed on.
  serve(main, ...args)
} else {
  // Typed anywhere: what a person names is named from where they are.
  process.exitCode = spawnSync(nodePath(), [join(root, main), ...args], { stdio: 'inherit' }).status ?? 2
}
