import type { Visitor } from '#test/kit/served.ts'
import { drive, type Sample } from '../measure/load.ts'
import { ms, type Row } from '../measure/report.ts'
import type { Stage } from '../stage/stage.ts'
import type { ListFigures } from './list.ts'
import type { MatrixFigures } from './matrix.ts'

/** What clerks type: a thing, a place with a thing, a unit, a number, something that is nowhere. */
const searches = [
  '消防栓',
  '配电房 线路老化',
  '可燃气体报警器未接入联锁',
  '恒源矿业',
  '塔吊基础',
  '逃生门被锁闭',
  '查无此事',
]

export async function measureSearch(visitor: Visitor, stage: Stage, seconds: number): Promise<Row> {
  const sample = await drive(2, seconds, (n) =>
    visitor.ask('/api/hazard/list', { text: searches[n % searches.length], size: 50, sort: '-foundOn' }),
  )
  return {
    id: 'f3',
    title: `full-text search over ${stage.size.hazards}`,
    measured: `p95 ${ms(sample.p95)}`,
    floor: '–',
    ratio: null,
    aim: 'p95 ≤ 100 ms',
    met: sample.p95 <= 100,
    figures: { sample, searches },
  }
}

function growth(id: string, title: string, large: Sample, small: Sample): Row {
  const ratio = large.p95 / small.p95
  return {
    id,
    title,
    measured: `p95 ${ms(large.p95)}`,
    floor: `p95 ${ms(small.p95)} of the small county`,
    ratio,
    aim: '≤ 1.5',
    met: ratio <= 1.5,
    figures: { large, small },
  }
}

export function growthRows(
  large: { lists: ListFigures; matrix: MatrixFigures },
  small: { lists: ListFigures; matrix: MatrixFigures },
): Row[] {
  return [
    growth('f1', 'growth of (a), administrator', large.lists.admin, small.lists.admin),
    growth('f2', 'growth of (b)', large.matrix.answered, small.matrix.answered),
  ]
}
