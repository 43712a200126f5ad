import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startServer } from '#test/kit/served.ts'
import type { Row } from '../measure/report.ts'

const patienceMs = 300_000

/**
 * How long people wait for the product: on an empty folder with all demo data, and on a database that is there. `quick`:
 * the demo county, which takes longer than everything else of a quick run, is not waited for; the journeys make one.
 */
export async function measureStart(quick: boolean): Promise<Row[]> {
  const mode = { ZHIBEN_MODE: quick ? 'production' : 'demo' }
  const home = await mkdtemp(join(tmpdir(), 'zhiben-start-'))
  try {
    const first = await firstStart(home, mode, quick)
    const again: number[] = []
    for (let n = 0; n < (quick ? 1 : 3); n += 1) {
      const server = await startServer(home, undefined, mode)
      again.push(server.readyMs)
      await server.stop()
    }
    const cold = again.sort((a, b) => a - b)[again.length >> 1] ?? Number.NaN
    return [coldRow(cold, again), firstRow(first, quick)]
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

interface First {
  readonly readyMs: number
  readonly filledMs: number
}

async function firstStart(home: string, mode: Record<string, string>, quick: boolean): Promise<First> {
  const begun = performance.now()
  const first = await startServer(home, undefined, mode)
  try {
    while (!quick && !first.seeded()) {
      // The seeding says on the other stream what went wrong, and the product serves on without it.
      if (performance.now() - begun > patienceMs) throw new Error(`no demo county came about: ${first.words()}`)
      if (first.child.exitCode !== null) throw new Error(`the server ended: ${first.words()}`)
      await sleep(50)
    }
    return { readyMs: first.readyMs, filledMs: performance.now() - begun }
  } finally {
    await first.stop()
  }
}

const coldRow = (cold: number, starts: readonly number[]): Row => ({
  id: 'e1',
  title: 'cold start to ready, database there',
  measured: `${(cold / 1000).toFixed(2)} s`,
  floor: '–',
  ratio: null,
  aim: '≤ 3 s',
  met: cold <= 3000,
  figures: { starts },
})

const firstRow = ({ readyMs, filledMs }: First, quick: boolean): Row => ({
  id: 'e2',
  title: `first start on an empty folder until ${quick ? 'it serves' : 'the demo county is whole'}`,
  measured: `${(filledMs / 1000).toFixed(1)} s (serving after ${(readyMs / 1000).toFixed(1)} s)`,
  floor: '–',
  ratio: null,
  aim: '≤ 20 s',
  met: filledMs <= 20_000,
  figures: { readyMs, filledMs },
})
