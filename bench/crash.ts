import { parseArgs } from 'node:util'
import { crash } from '#test/crash/rounds.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '30' } } })
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error('npm run crash -- --rounds 30')
  process.exit(2)
}
const result = await crash(rounds, Math.random, (line) => console.log(line))
for (const fault of result.faults) console.error(`✗ ${fault}`)
const { acknowledged, unknown, struck, faults } = result
console.log(
  `${rounds} kills: ${acknowledged} acknowledged actions all there once, ${unknown} unanswered, ${struck} clocks struck, ${faults.length} faults`,
)
process.exitCode = faults.length === 0 ? 0 : 1
