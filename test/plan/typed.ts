import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runCommand } from '#apps/cli/run.ts'
import { type Environment, projectRoot } from '#platform/config/config.ts'

export interface Typed {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A command line run in this process: what it answers and says. */
export async function ran(environment: Environment, ...argv: string[]): Promise<Typed> {
  const [said, complained]: [string[], string[]] = [[], []]
  const code = await runCommand(argv, {
    environment,
    say: (line) => said.push(line),
    complain: (line, cause) => complained.push(cause ? `${line} ${String(cause)}` : line),
  })
  return { code, stdout: said.join('\n'), stderr: complained.join('\n') }
}

const run = promisify(execFile)

/** The command line as a person types it, in a process of its own: slower, and the only one that shows exit codes. */
export async function typed(environment: Environment, cwd: string, ...argv: string[]): Promise<Typed> {
  const main = join(projectRoot, 'src/apps/cli/main.ts')
  try {
    const made = await run(process.execPath, [main, ...argv], {
      env: { ...process.env, ...environment },
      cwd,
      maxBuffer: 1e8,
    })
    return { code: 0, ...made }
  } catch (error) {
    const { code, stdout, stderr } = error as Typed
    return { code, stdout, stderr }
  }
}
