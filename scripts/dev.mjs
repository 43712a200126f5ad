// The product with both sides watched: the server restarts and the page reloads when their sources change.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install, nodePath } from './launch.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
await install()

// Watched are the modules the server has imported: a change of a screen must not restart the database.
const server = ['--watch', '--watch-preserve-output', 'src/apps/server/main.ts']
const pages = [join('node_modules', 'vite', 'bin', 'vite.js')]
const children = [server, pages].map((args) => spawn(nodePath(), args, { cwd: root, stdio: 'inherit' }))
console.log('开发页面：http://localhost:5173（接口转到本机 PORT，默认 8080）')

const stop = () => {
  for (const child of children) child.kill('SIGTERM')
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
for (const child of children) child.on('exit', stop)
