import { runCommand } from './run.ts'

process.exitCode = await runCommand(process.argv.slice(2), {
  say: (line) => console.log(line),
  complain: (line, ...cause) => console.error(line, ...cause),
})
