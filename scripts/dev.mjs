// The product with both sides watched: the server restarts and the page reloads when their sources change.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install, nodePath } from './launch.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
install()
const children = [
  spawn(nodePath(), ['--watch-path=src', '--watch-preserve-output', 'src/apps/server/main.ts'], {
    cwd: root,
    stdio: 'inherit',
  }),
  spawn(nodePath(), [join('node_modules', 'vite', 'bin', 'vite.js')], { cwd: root, stdio: 'inherit' }),
]
const stop = () => {
  for (const child of children) child.kill('SIGTERM')
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
for (const child of children) child.on('exit', stop)
