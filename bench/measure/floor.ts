import { fork } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from '#platform/config/config.ts'
import { type Running, stopChild } from '#test/kit/served.ts'

export async function startFloor(
  databaseUrl: string,
  statements: Record<string, [string, readonly unknown[]][]>,
): Promise<Running> {
  const child = fork(join(projectRoot, 'bench/measure/floor-server.ts'), {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, FLOOR_DATABASE: databaseUrl, FLOOR_STATEMENTS: JSON.stringify(statements) },
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port))
    child.once('exit', (code) => reject(new Error(`the floor ended with ${code}`)))
  })
  return { base: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop: () => stopChild(child) }
}
