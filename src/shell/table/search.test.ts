import { describe, expect, it } from 'vitest'
import { hiddenFilters, readSearch, withFilter, withoutFilter } from './search.ts'
import type { FilterSpec } from './types.ts'

const filters: FilterSpec[] = [
  { kind: 'text', name: 'text', label: '检索' },
  { kind: 'multi', name: 'states', label: '状态', options: [] },
  { kind: 'tree', name: 'area', label: '乡镇', options: [] },
  { kind: 'days', name: 'foundFrom', nameTo: 'foundTo', label: '发现日期' },
  { kind: 'flag', name: 'overdue', label: '超期' },
]

describe('address of a list', () => {
  it('hands every filter to the contract, also one without a control, or the list would not match the number', () => {
    const state = readSearch({ foundMonth: '2024-03', area: 371721, states: 'closed', overdue: 'true' }, filters)
    expect(state.filter).toEqual({ foundMonth: '2024-03', area: '371721', states: ['closed'], overdue: true })
    expect(hiddenFilters(state.filter, filters)).toEqual(['foundMonth'])
  })

  it('falls back from page and size that make no sense', () => {
    expect(readSearch({ page: '-1', size: 7 }, filters)).toMatchObject({ page: 1, size: 20 })
    expect(readSearch({ page: '3', size: '100', sort: '-dueOn' }, filters)).toMatchObject({
      page: 3,
      size: 100,
      sort: '-dueOn',
    })
  })

  it('returns to the first page when a filter changes and drops emptied ones', () => {
    expect(withFilter({ page: 4, size: 50, text: '矿' }, { text: '', states: ['closed'] })).toEqual({
      size: 50,
      states: ['closed'],
    })
    expect(withFilter({ states: ['closed'] }, { states: [] })).toEqual({})
  })

  it('keeps size and sorting when all filters are cleared', () => {
    expect(withoutFilter({ page: 2, size: 50, sort: 'dueOn', text: '矿', foundMonth: '2024-03' })).toEqual({
      size: 50,
      sort: 'dueOn',
    })
  })
})
