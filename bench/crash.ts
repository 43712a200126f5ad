import { parseArgs } from 'node:util'
import { addDays, dayOf, startOfDay, systemClock } from '#kernel/time.ts'
import { armClocks, strikeAll } from '#test/crash/clocks.ts'
import { prepareHome } from '#test/crash/county.ts'
import { crash } from '#test/crash/rounds.ts'

const usage = `npm run crash -- [--rounds 30] [--clocks 100000]
  --rounds  kills the product so many times while people write
  --clocks  instead: arms so many clocks, jumps over all of them, and says how long it takes until each has struck once`

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '30' }, clocks: { type: 'string' } } })
const number = (text: string) => {
  const n = Number(text)
  if (Number.isInteger(n) && n >= 1) return n
  console.error(usage)
  return process.exit(2)
}

async function kill(rounds: number): Promise<readonly string[]> {
  const result = await crash(rounds, { say: (line) => console.log(line) })
  const { acknowledged, unknown, struck, faults } = result
  console.log(
    `${rounds} kills: ${acknowledged} acknowledged actions all there once, ${unknown} unanswered, ${struck} clocks struck, ${faults.length} faults`,
  )
  return faults
}

async function strike(clocks: number): Promise<readonly string[]> {
  let faults: readonly string[] = []
  const { remove } = await prepareHome(async (product) => {
    const now = systemClock.now()
    // Three reminders, the day itself and its passing: five clocks for each hazard.
    await armClocks(product, Math.ceil(clocks / 5), now)
    const struck = await strikeAll(product, 1, startOfDay(addDays(dayOf(now), 90)))
    const { rungs, seconds } = struck
    console.log(`${rungs} clocks struck in ${seconds.toFixed(1)} s, ${(rungs / seconds).toFixed(0)} a second`)
    faults = struck.faults
  })
  await remove()
  return faults
}

const faults = await (values.clocks === undefined ? kill(number(values.rounds)) : strike(number(values.clocks)))
for (const fault of faults) console.error(`✗ ${fault}`)
process.exitCode = faults.length === 0 ? 0 : 1
