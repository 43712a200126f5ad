// Types, lint, architecture and pure tests: what must hold before every commit, in under a minute.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install, nodePath, runToEnd } from './launch.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Runs a tool of node_modules on the project's own Node; ends this process when it fails. */
export const runTool = (title, file, args) => runScript(title, join('node_modules', file), args)

/** The same for a script of the project, named from its root. */
export async function runScript(title, file, args = []) {
  const started = process.hrtime.bigint()
  const code = await runToEnd(nodePath(), [join(root, file), ...args])
  const seconds = Number((process.hrtime.bigint() - started) / 1_000_000n) / 1000
  console.log(`${code === 0 ? '✓' : '✗'} ${title} ${seconds.toFixed(1)} s`)
  if (code !== 0) process.exit(1)
}

export async function check() {
  // What was found sound last time is not looked at again: before every commit that is nearly everything.
  const known = ['--incremental', '--tsBuildInfoFile', join(root, 'dist', 'types.tsbuildinfo')]
  await runTool('types', 'typescript/bin/tsc', ['--noEmit', '-p', '.', ...known])
  await runTool('lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'])
  await runTool('pure tests', 'vitest/vitest.mjs', ['run', '--project', 'pure', '--reporter', 'dot'])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await install()
  await check()
}
