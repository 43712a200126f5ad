import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Linux counts processor time in hundredths of a second, whatever the machine. */
const ticksPerSecond = 100

interface Used {
  readonly parent: number
  readonly own: number
  /** Of its children that have ended. */
  readonly children: number
}

/** Processor seconds a process has used; undefined when it is gone. */
function usedBy(pid: number): Used | undefined {
  try {
    // The name of a process may hold spaces and brackets; what follows the last one does not.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    const seconds = (at: number) => (Number(fields[at]) + Number(fields[at + 1])) / ticksPerSecond
    return { parent: Number(fields[1]), own: seconds(11), children: seconds(13) }
  } catch {
    return undefined
  }
}

const secondsOf = (pid: number) => usedBy(pid)?.own ?? 0

/** Of a PostgreSQL server with all its backends, those that have ended too. */
function databaseSeconds(folder: string): number {
  const postmaster = Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
  const all = readdirSync('/proc').flatMap((name) => usedBy(Number(name)) ?? [])
  const { own, children } = usedBy(postmaster) ?? { own: 0, children: 0 }
  return all.reduce((sum, used) => sum + (used.parent === postmaster ? used.own : 0), own + children)
}

export interface Processors {
  readonly server: number
  readonly database: number
  readonly client: number
}

/** Whose processor time is counted: it says where the time goes, also on a machine that has other things to do. */
export function processors(serverPid: number, databaseFolder: string): () => Processors {
  const now = () => ({
    server: secondsOf(serverPid),
    database: databaseSeconds(databaseFolder),
    client: secondsOf(process.pid),
  })
  const begun = now()
  return () => {
    const { server, database, client } = now()
    return {
      server: server - begun.server,
      database: database - begun.database,
      client: client - begun.client,
    }
  }
}
