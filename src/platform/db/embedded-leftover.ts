import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ClusterError } from './embedded-cluster.ts'

/** `ours` works on this cluster, `foreign` certainly does not, `unknown`: cannot be told, so it must not be touched. */
type Kinship = 'gone' | 'ours' | 'foreign' | 'unknown'

/** The living process that the pid file of a cluster names, and whether it is the cluster's server. */
export function runningServer(data: string) {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  // Lines of postmaster.pid: process, data folder, start time, port.
  const [first, recorded = '', , port] = readFileSync(file, 'utf8').split('\n')
  const pid = Number(first)
  if (!Number.isInteger(pid) || pid <= 1) return undefined
  const kinship = kinshipOf(pid, data, recorded)
  return kinship === 'gone' ? undefined : { file, pid, recorded, port: Number(port ?? 0), kinship }
}

/**
 * After SIGKILL of the product its PostgreSQL lives on; the caller holds the lock of the cluster, so nobody needs it any
 * more. The pid file alone proves nothing: its number may have gone to another program, and in a copied data folder it
 * names the living server of the folder that was copied, which must not be touched.
 */
export async function stopLeftOver(data: string): Promise<void> {
  const left = runningServer(data)
  if (!left) return
  const { file, pid, recorded, kinship } = left
  if (kinship === 'foreign') {
    // PostgreSQL would take the living process for a server of this cluster and refuse to start.
    await rm(file, { force: true })
    return
  }
  if (kinship === 'unknown') {
    throw new ClusterError(
      `不能确定进程 ${pid} 是否正在使用数据库 ${data}。请确认并停止它；确认无关时删除 ${file} 后重试`,
    )
  }
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    signalTo(pid, signal)
    for (let waited = 0; waited < 10_000; waited += 100) {
      if (kinshipOf(pid, data, recorded) !== 'ours') return
      await sleep(100)
    }
  }
  throw new ClusterError(`上次运行留下的数据库进程 ${pid} 不能停止，请手动结束它后重试`)
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It may have ended since it was looked at; any other refusal is told by the wait that follows.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function kinshipOf(pid: number, data: string, recorded: string): Kinship {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'gone'
  }
  return byWorkingFolder(pid, data) ?? byCommandLine(pid, data, recorded)
}

/** A server works inside its cluster, under whatever name the folder has now: the surest sign, where it may be read. */
function byWorkingFolder(pid: number, data: string): Kinship | undefined {
  try {
    const [at, here] = [statSync(`/proc/${pid}/cwd`), statSync(data)]
    return at.dev === here.dev && at.ino === here.ino ? 'ours' : 'foreign'
  } catch {
    // No /proc, a process of somebody else, or one that is just ending.
    return undefined
  }
}

function byCommandLine(pid: number, data: string, recorded: string): Kinship {
  const words = commandLine(pid)
  if (words === undefined) return existsSync(`/proc/${pid}`) || !existsSync('/proc/self') ? 'unknown' : 'gone'
  if (words.includes(data)) return 'ours'
  // The words of a killed process that nobody has waited for are empty.
  if (words.length === 0) return 'gone'
  return words.includes(recorded) ? 'unknown' : 'foreign'
}

function commandLine(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean)
  } catch {
    const asked = spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
    // Arguments stand apart by spaces here, so a folder with a space in its name is taken whole after -D.
    const folder = /\s-D\s+(.+?)\s+-c\s/.exec(asked.stdout ?? '')?.[1]
    return asked.status === 0 ? [asked.stdout.trim(), ...(folder ? [folder] : [])] : undefined
  }
}
