import { Problem } from '#kernel/errors.ts'
import { BackupError } from '#platform/backup/manifest.ts'
import { ConfigError, type Environment, loadConfig } from '#platform/config/config.ts'
import { ClusterError } from '#platform/db/embedded-cluster.ts'
import { HomeHeldError } from '#platform/db/embedded-lock.ts'
import { PackError } from '../packs/reading/folder.ts'
import { type Bare, type Say, UsageError } from './command.ts'

/** These only read files, and do not wait for the whole product to be loaded. */
const light: readonly (readonly [string, () => Promise<Bare>])[] = [
  ['plan read', async () => (await import('./plan.ts')).planRead],
  ['plan coverage', async () => (await import('./coverage.ts')).planCoverage],
]

const helpText = async () => (await import('./commands.ts')).helpText()

/** What a command line is run with: its surroundings, and where its words go. */
export interface Console {
  /** Left out: that of the process. */
  readonly environment?: Environment
  readonly say: Say
  /** What is wrong, kept apart from what was asked for. */
  readonly complain: (line: string, cause?: unknown) => void
}

/** Runs one of the light commands; a mistake in how it is written is answered by how that one is written. */
async function runLight(command: Bare, args: readonly string[], { environment, say, complain }: Console) {
  try {
    return await command.prepare(args)(loadConfig(environment), say)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    complain(`${error.message}\n\n  ${command.usage}\n      ${command.purpose}\n  help\n      显示全部命令`)
    return 2
  }
}

async function outcomeOf(argv: readonly string[], around: Console): Promise<number> {
  const { environment, say } = around
  const [first] = argv
  if (first === undefined || first === 'help' || first === '--help' || first === '-h') {
    say(await helpText())
    return first === undefined ? 2 : 0
  }
  const starts = (words: string) => words === argv.slice(0, words.split(' ').length).join(' ')
  const rest = (words: string) => argv.slice(words.split(' ').length)
  const quick = light.find(([words]) => starts(words))
  if (quick) return runLight(await quick[1](), rest(quick[0]), around)
  const { bareCommands, commands } = await import('./commands.ts')
  const bare = bareCommands.find(({ words }) => starts(words))
  if (bare) return bare.prepare(rest(bare.words))(loadConfig(environment), say)
  const command = commands.find(({ words }) => starts(words))
  if (!command) throw new UsageError(`没有这个命令：${argv.join(' ')}`)
  const work = command.prepare(rest(command.words))
  const { withProduct } = await import('./attach.ts')
  return withProduct(loadConfig(environment), (product) => work(product, say))
}

/** Errors whose words are meant for whoever typed the command. */
const told = [ConfigError, HomeHeldError, PackError, ClusterError, BackupError]

/** What a person can do something about is said in words; anything else keeps its stack for whoever repairs it. */
async function explain(error: unknown, { complain }: Console): Promise<void> {
  if (error instanceof UsageError) complain(`${error.message}\n\n${await helpText()}`)
  else if (error instanceof Problem) {
    complain(error.message)
    for (const { path, message } of error.fields) complain(`  ${path}：${message}`)
  } else if (told.some((known) => error instanceof known)) complain((error as Error).message)
  else complain('命令未能执行：', error)
}

/** Runs what was typed. 0 and 1 as the command answers; 2 when it is wrong or cannot be run. */
export async function runCommand(argv: readonly string[], around: Console): Promise<number> {
  try {
    return await outcomeOf(argv, around)
  } catch (error) {
    await explain(error, around)
    return 2
  }
}
