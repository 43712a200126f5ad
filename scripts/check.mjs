// Types, lint, architecture and pure tests: what must hold before every commit, in under a minute.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install, nodePath } from './launch.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Runs a tool of node_modules on the project's own Node; ends this process when it fails. */
export function runTool(title, file, args = []) {
  const started = process.hrtime.bigint()
  const done = spawnSync(nodePath(), [join(root, 'node_modules', file), ...args], { cwd: root, stdio: 'inherit' })
  const seconds = Number((process.hrtime.bigint() - started) / 1_000_000n) / 1000
  console.log(`${done.status === 0 ? '✓' : '✗'} ${title} ${seconds.toFixed(1)} s`)
  if (done.status !== 0) process.exit(1)
}

export function check() {
  runTool('types', 'typescript/bin/tsc', ['--noEmit', '-p', '.'])
  runTool('lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'])
  runTool('pure tests', 'vitest/vitest.mjs', ['run', '--project', 'pure', '--reporter', 'dot'])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  install()
  check()
}
