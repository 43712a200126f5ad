import { describe, expect, it } from 'vitest'
import { measures, type TableAnswer } from '../model/index.ts'
import { gridOf } from './grid.ts'

const one = (row: string, column: string, n: number, bottom = n) => ({ row, column, n, top: n, bottom })

const answer: TableAnswer = {
  asOf: '2026-11-24',
  rows: [
    { key: 'mine', label: '矿山' },
    { key: '', label: '未填' },
  ],
  columns: [
    { key: '990101100', label: '东山镇' },
    { key: '990101101', label: '西河镇' },
  ],
  cells: [one('mine', '990101100', 4), one('mine', '990101101', 1), one('', '990101100', 2)],
  total: 7,
  filter: { stateType: 'standing', scopeOnly: true, level: 'major' },
}

const grid = gridOf(answer, measures.standing, 'sector', 'area')

describe('the table of numbers', () => {
  it('puts every number in its place and sums rows and columns to the total', () => {
    expect(grid.rows.map((row) => row.cells.map((cell) => cell.n))).toEqual([
      [4, 1],
      [2, 0],
    ])
    expect(grid.rows.map((row) => row.total.n)).toEqual([5, 2])
    expect(grid.foot.cells.map((cell) => cell.n)).toEqual([6, 1])
    expect(grid.foot.total.n).toBe(7)
  })

  it('gives each number the filter of its own list', () => {
    const base = { stateType: 'standing', scopeOnly: true, level: 'major' }
    expect(grid.rows[0]?.cells[1]?.filter).toEqual({ ...base, sector: 'mine', area: '990101101' })
    expect(grid.rows[0]?.total.filter).toEqual({ ...base, sector: 'mine' })
    expect(grid.foot.cells[0]?.filter).toEqual({ ...base, area: '990101100' })
    expect(grid.foot.total.filter).toEqual(base)
  })

  it('links no number whose list cannot be asked for: an empty value would open all records', () => {
    expect(grid.rows[1]?.cells[0]?.filter).toBeNull()
    expect(grid.rows[1]?.total.filter).toBeNull()
  })

  it('asks for the month the measure means', () => {
    const months: TableAnswer = { ...answer, rows: [{ key: '2025-03', label: '2025-03' }], cells: [] }
    const filterOf = (id: 'closed' | 'found') => gridOf(months, measures[id], 'month', 'area').rows[0]?.total.filter
    expect(filterOf('closed')).toMatchObject({ closedMonth: '2025-03' })
    expect(filterOf('found')).toMatchObject({ foundMonth: '2025-03' })
  })

  it('shades the largest cell fully and an empty one not at all', () => {
    expect(grid.rows.map((row) => row.cells.map((cell) => cell.shade))).toEqual([
      [1, 0.5],
      [Math.sqrt(0.5), 0],
    ])
  })

  it('shows a rate of sums, not a mean of rates, and a dash where nothing can be divided', () => {
    const cells = [one('mine', '990101100', 1, 10), one('mine', '990101101', 9, 10)]
    const rates = gridOf({ ...answer, cells }, measures.overdueRate, 'sector', 'area')
    expect(rates.rows[0]?.cells.map((cell) => cell.words)).toEqual(['10%', '90%'])
    expect(rates.rows[0]?.total).toMatchObject({ n: 10, words: '50%' })
    expect(rates.rows[1]?.total.words).toBe('—')
  })
})
