import { expect, test } from 'vitest'
import { gridOf } from './unit-grid.ts'

const area = (code: string, n: number, supervised = true) => ({ area: code, name: `镇${code}`, supervised, n })
const sectors = [
  { sector: 'mines', name: '矿山', n: 3 },
  { sector: 'gas', name: '燃气', n: 2 },
]
const county = {
  total: 4,
  highRisk: 1,
  areas: [area('341723101', 3), area('341723102', 0), area('341723108', 1, false)],
  sectors,
  cells: [
    { area: '341723101', sector: 'mines', n: 2 },
    { area: '341723101', sector: 'gas', n: 2 },
    { area: '341723108', sector: 'mines', n: 1 },
  ],
}

test('towns stand down and sectors across; every number carries the filter of its list', () => {
  const grid = gridOf(county, { highRisk: true })
  expect(grid.head.map(({ name }) => name)).toEqual(['矿山', '燃气'])
  expect(grid.rows.map(({ name, total, cells }) => [name, total.n, ...cells.map(({ n }) => n)])).toEqual([
    ['镇341723101', 3, 2, 2],
    ['镇341723102', 0, 0, 0],
    ['镇341723108（非督导单位）', 1, 1, 0],
  ])
  expect(grid.rows[0]?.cells[1]).toMatchObject({ filter: { highRisk: true, area: '341723101', sector: 'gas' } })
  expect(grid.rows[0]?.total.filter).toEqual({ highRisk: true, area: '341723101' })
  expect(grid.foot.cells.map(({ n, filter }) => [n, filter.sector])).toEqual([
    [3, 'mines'],
    [2, 'gas'],
  ])
  expect(grid.foot.total).toMatchObject({ n: 4, filter: { highRisk: true } })
})

test('a single town has its sectors one below the other', () => {
  const grid = gridOf({ ...county, total: 3, areas: county.areas.slice(0, 1) }, {})
  expect(grid.rows.map(({ name, total, cells }) => [name, total.n, cells[0]?.n])).toEqual([
    ['矿山', 3, 2],
    ['燃气', 2, 2],
  ])
  expect(grid.rows[1]?.cells[0]?.filter).toEqual({ sector: 'gas', area: '341723101' })
  expect(grid.foot).toMatchObject({ total: { n: 3 }, cells: [{ n: 3, filter: { area: '341723101' } }] })
})

test('asked for one village, a number opens the village and not its town', () => {
  const filter = { area: '341723101001' }
  const grid = gridOf({ ...county, areas: county.areas.slice(0, 1) }, filter)
  expect(grid.rows[0]?.cells[0]?.filter).toEqual({ ...filter, sector: 'mines' })
  expect(grid.foot.cells[0]?.filter).toEqual(filter)
})
