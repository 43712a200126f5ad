// Starts the product from a fresh clone. Runs on any Node from 20 on, with nothing installed, so it imports only Node's own.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const windows = process.platform === 'win32'
const npm = windows ? 'npm.cmd' : 'npm'

function fail(message) {
  console.error(`\n${message}`)
  process.exit(1)
}

/**
 * Runs a program to its end and answers its exit code. A signal to this process reaches the program, and everything it
 * started when `group` makes them a group of their own, and this process ends once they have.
 */
export function runToEnd(command, args, { group = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      detached: group,
      shell: windows && command === npm,
    })
    let ending = false
    const kill = (signal) => {
      try {
        if (group) process.kill(-child.pid, signal)
        else child.kill(signal)
      } catch {
        // It has ended already.
      }
    }
    const onSignal = (signal) => {
      ending = true
      kill(signal)
    }
    const onExit = () => kill('SIGTERM')
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    const done = (code) => {
      for (const signal of signals) process.off(signal, onSignal)
      process.off('exit', onExit)
      if (ending) process.exit(1)
      resolve(code)
    }
    for (const signal of signals) process.on(signal, onSignal)
    process.on('exit', onExit)
    child.on('error', (error) => {
      console.error(error.code === 'ENOENT' ? `没有找到程序 ${command}` : error.message)
      done(1)
    })
    child.on('exit', (code) => done(code ?? 1))
  })
}

/** Installs exactly what the lock file says, once per lock file. */
export async function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = join(modules, '.zhiben', 'installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  // npm writes this list last of all: a tree without it was left half-way.
  const list = join(modules, '.package-lock.json')
  if (!existsSync(list) || existsSync(stamp) || !complete()) {
    console.log('正在安装依赖（只在首次运行或更新后）……')
    rmSync(stamp, { force: true })
    rmSync(list, { force: true })
    const code = await runToEnd(npm, ['ci', '--no-audit', '--no-fund'], { group: !windows })
    if (code !== 0) {
      fail(
        '依赖没有装好，npm 报告的原因见上。如果是连不上网，请检查网络后重试；' +
          '离线环境请先在能上网的同类机器上装好，再把整个 node_modules 拷贝过来。',
      )
    }
  }
  refuseUnusable()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, lock)
}

/** Installed by hand (npm ci) or copied: believed when npm itself finds nothing missing. */
function complete() {
  return spawnSync(npm, ['ls', '--depth=0'], { cwd: root, stdio: 'ignore', shell: windows }).status === 0
}

/** Packages whose install script was not run (ignore-scripts) are there and of no use. */
function refuseUnusable() {
  const version = spawnSync(nodePath(), ['-v'], { encoding: 'utf8' }).stdout ?? ''
  if (Number(/^v(\d+)/.exec(version)?.[1] ?? 0) >= 24) return
  fail('运行环境 Node 24 没有随依赖装好（npm 可能禁止了安装脚本）。请执行 npm rebuild node，再重新启动。')
}

/** The Node the product is written for; the npm package `node` carries it. */
export function nodePath() {
  const packaged = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node')
  return existsSync(packaged) ? packaged : process.execPath
}

function newest(folder, found = 0) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    found = Math.max(found, entry.isDirectory() ? newest(path, found) : statSync(path).mtimeMs)
  }
  return found
}

/** Builds the pages when they are older than their sources; they get their place only when they are whole. */
export async function buildWeb() {
  const target = join(root, 'dist', 'web')
  const built = join(target, 'index.html')
  const sources = ['src/shell', 'src/apps/web', 'src/apps/field', 'src/kernel', 'src/capabilities'].map((folder) =>
    join(root, folder),
  )
  const files = ['package-lock.json', 'vite.config.ts'].map((file) => statSync(join(root, file)).mtimeMs)
  const wanted = Math.max(...files, ...sources.map((folder) => newest(folder)))
  if (existsSync(built) && statSync(built).mtimeMs > wanted) return
  console.log('正在生成页面……')
  const vite = join(modules, 'vite', 'bin', 'vite.js')
  const draft = join(root, 'dist', `web.${process.pid}`)
  const code = await runToEnd(nodePath(), [vite, 'build', '--logLevel', 'warn', '--outDir', draft, '--emptyOutDir'])
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true })
    fail('页面生成失败，请把以上信息发给维护人员。')
  }
  rmSync(target, { recursive: true, force: true })
  renameSync(draft, target)
}

/**
 * Runs the product and hands signals on: whoever stops this process stops everything it started. The channel to the
 * server closes with this process, so that the server also ends when this one was killed without a word.
 */
export function serve(...command) {
  const child = spawn(nodePath(), command, {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
  child.on('error', (error) => fail(`无法启动：${error.message}`))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await install()
  await buildWeb()
  serve(join('src', 'apps', 'server', 'main.ts'))
}
