import { Problem } from '#kernel/errors.ts'
import { BackupError } from '#platform/backup/manifest.ts'
import { ConfigError, loadConfig } from '#platform/config/config.ts'
import { ClusterError } from '#platform/db/embedded-cluster.ts'
import { HomeHeldError } from '#platform/db/embedded-lock.ts'
import { PackError } from '../packs/read.ts'
import { withProduct } from './attach.ts'
import { UsageError } from './command.ts'
import { bareCommands, commands, helpText } from './commands.ts'

async function run(argv: readonly string[]): Promise<number> {
  const [first] = argv
  if (first === undefined || first === 'help' || first === '--help' || first === '-h') {
    console.log(helpText())
    return first === undefined ? 2 : 0
  }
  const say = (line: string) => console.log(line)
  const named = <C extends { readonly words: string }>(all: readonly C[]) =>
    all.find(({ words }) => words === argv.slice(0, words.split(' ').length).join(' '))
  const rest = ({ words }: { readonly words: string }) => argv.slice(words.split(' ').length)
  const bare = named(bareCommands)
  if (bare) return bare.prepare(rest(bare))(loadConfig(), say)
  const command = named(commands)
  if (!command) throw new UsageError(`没有这个命令：${argv.join(' ')}`)
  const work = command.prepare(rest(command))
  return withProduct(loadConfig(), (product) => work(product, say))
}

/** What a person can do something about is said in words; anything else keeps its stack for whoever repairs it. */
function explain(error: unknown): void {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${helpText()}`)
  else if (error instanceof Problem) {
    console.error(error.message)
    for (const { path, message } of error.fields) console.error(`  ${path}：${message}`)
  } else if (
    [ConfigError, HomeHeldError, PackError, ClusterError, BackupError].some((known) => error instanceof known)
  ) {
    console.error((error as Error).message)
  } else console.error('命令未能执行：', error)
}

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    explain(error)
    process.exitCode = 2
  },
)
