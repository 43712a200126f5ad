// Starts the product from a fresh clone. Runs on any Node from 20 on, with nothing installed, so it imports only Node's own.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamps = join(root, 'node_modules', '.zhiben')

function fail(message) {
  console.error(message)
  process.exit(1)
}

/** Installs exactly what the lock file says, once per lock file. */
export function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = join(stamps, 'installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  if (existsSync(join(root, 'node_modules', '.package-lock.json')) && !existsSync(stamp) && complete()) {
    // Installed by hand (npm ci): believed when npm itself finds nothing missing.
    mkdirSync(stamps, { recursive: true })
    writeFileSync(stamp, lock)
    return
  }
  console.log('正在安装依赖（只在首次运行或更新后）……')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (done.status !== 0)
    fail('依赖安装失败。请检查网络后重试；离线环境请先在能上网的机器上安装好 node_modules 再拷贝过来。')
  mkdirSync(stamps, { recursive: true })
  writeFileSync(stamp, lock)
}

function complete() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  return (
    spawnSync(npm, ['ls', '--depth=0'], { cwd: root, stdio: 'ignore', shell: process.platform === 'win32' }).status ===
    0
  )
}

/** The Node the product is written for; the npm package `node` carries it. */
export function nodePath() {
  const packaged = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(packaged) ? packaged : process.execPath
}

function newest(folder, found = 0) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    found = Math.max(found, entry.isDirectory() ? newest(path, found) : statSync(path).mtimeMs)
  }
  return found
}

/** Builds the pages when they are older than their sources. */
export function buildWeb() {
  const built = join(root, 'dist', 'web', 'index.html')
  const sources = ['src/shell', 'src/apps/web', 'src/kernel', 'src/capabilities'].map((folder) => join(root, folder))
  const wanted = Math.max(statSync(join(root, 'package-lock.json')).mtimeMs, ...sources.map((folder) => newest(folder)))
  if (existsSync(built) && statSync(built).mtimeMs > wanted) return
  console.log('正在生成页面……')
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const done = spawnSync(nodePath(), [vite, 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' })
  if (done.status !== 0) fail('页面生成失败，请把以上信息发给维护人员。')
}

/** Runs the product and hands signals on: whoever stops this process stops everything it started. */
function serve() {
  const main = join(root, 'src', 'apps', 'server', 'main.ts')
  const child = spawn(nodePath(), [relative(root, main)], { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
  child.on('error', (error) => fail(`无法启动：${error.message}`))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  install()
  buildWeb()
  serve()
}
