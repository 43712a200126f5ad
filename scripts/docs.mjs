// Writes docs/generated anew from the code. A test fails as long as the committed files say something else.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install, nodePath } from './launch.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
await install()
process.exitCode =
  spawnSync(nodePath(), [join(root, 'src', 'apps', 'docs', 'main.ts')], { stdio: 'inherit' }).status ?? 1
