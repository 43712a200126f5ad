import { sql } from 'kysely'
import { readTally } from '#platform/tally/read.ts'
import type { Visitor } from '#test/kit/served.ts'
import { type Sample, summarise } from '../measure/load.ts'
import { ms, type Row } from '../measure/report.ts'
import { contextOf } from '../measure/statements.ts'
import { type Ground, type Stage, visit } from '../stage/stage.ts'
import { report } from './action.ts'

const writers = 20

export interface MatrixFigures {
  readonly answered: Sample
  readonly grouped: Sample
  readonly looks: number
  readonly wrong: number
  readonly written: number
}

/**
 * Area × sector × state from the statistics and counted from scratch, both in one snapshot while twenty people write; an
 * answer that differs in a single cell is wrong.
 */
export async function measureMatrix(
  ground: Ground,
  stage: Stage,
  visitor: Visitor,
  area: string,
  seconds: number,
): Promise<MatrixFigures> {
  const product = await visit(ground, stage.url)
  const context = await contextOf(product, 'admin')
  const times = { answered: [] as number[], grouped: [] as number[] }
  let wrong = 0
  let written = 0
  let writing = true
  const write = async (at: number) => {
    for (let n = at; writing; n += writers) {
      await report(visitor, n, area)
      written += 1
    }
  }
  const all = Promise.all(Array.from({ length: writers }, (_, at) => write(at)))
  const until = performance.now() + seconds * 1000
  while (performance.now() < until || times.grouped.length < 3) {
    wrong += await context.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => {
        await sql`select 1`.execute(tx)
        // Several answers to one recount: the recount takes a hundred times as long and would leave too few of them.
        let cells: Map<string, number> | undefined
        for (let again = 0; again < 5; again += 1) {
          const begun = performance.now()
          const rows = await readTally(tx, stage.county, {
            metrics: ['hazard'],
            by: ['area', 'sector', 'state'],
            boxes: context.boxes('statistics.read'),
          })
          times.answered.push(performance.now() - begun)
          cells = new Map(rows.map((row) => [`${row.area} ${row.sector} ${row.state}`, row.n]))
        }
        const begun = performance.now()
        const counted = await sql<{ area: string; sector: string; state: string; n: number }>`
          select substr(area, 1, 9) as area, sector, state, count(*) as n from hazard where county = ${stage.county}
          group by 1, 2, 3`.execute(tx)
        times.grouped.push(performance.now() - begun)
        const same =
          counted.rows.length === cells?.size &&
          counted.rows.every((row) => cells.get(`${row.area} ${row.sector} ${row.state}`) === row.n)
        return same ? 0 : 1
      })
  }
  writing = false
  await all
  await product.close()
  return {
    answered: summarise(times.answered, seconds),
    grouped: summarise(times.grouped, seconds),
    looks: times.grouped.length,
    wrong,
    written,
  }
}

export function matrixRow(figures: MatrixFigures): Row {
  const ratio = figures.grouped.p50 / figures.answered.p50
  return {
    id: 'b',
    title: `area × sector × state while ${writers} write`,
    measured: `${ms(figures.answered.p50)}, ${figures.wrong} of ${figures.looks} wrong`,
    floor: `${ms(figures.grouped.p50)} GROUP BY`,
    ratio,
    aim: '≥ 100, none wrong',
    met: ratio >= 100 && figures.wrong === 0,
    ...(figures.wrong === 0 ? {} : { wrong: `${figures.wrong} of ${figures.looks} looks differ from a recount` }),
    figures: { ...figures, writers },
  }
}
