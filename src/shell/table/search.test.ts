import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { filterWords, named } from '#kernel/list/filter.ts'
import { controlsOf, namesFrom } from './controls.ts'
import { hiddenFilters, readSearch, withFilter, withoutFilter } from './search.ts'

const states = { open: '整改中', closed: '已销号' }
const filter = z.object({
  text: named(z.string().max(10).optional(), '检索'),
  states: named(z.array(z.enum(['open', 'closed'])).optional(), '状态', states),
  level: named(z.enum(['open', 'closed']).optional(), '等级', states),
  area: named(
    z
      .string()
      .regex(/^\d{6,9}$/)
      .optional(),
    '区域',
    'area',
  ),
  unitId: named(z.string().optional(), '单位', 'unit'),
  foundFrom: named(z.string().optional(), '发现日期自'),
  foundTo: named(z.string().optional(), '发现日期至'),
  foundMonth: named(z.string().optional(), '发现月份'),
  overdue: named(z.boolean().optional(), '逾期'),
})
const areas = [{ value: '371721', title: '曹县', children: [{ value: '371721100', title: '曹城' }] }]
const wanted = ['text', 'states', 'level', 'area', ['foundFrom', 'foundTo', '发现日期'], 'overdue'] as const
const controls = controlsOf(filter, wanted, { area: areas })

describe('address of a list', () => {
  it('hands every filter to the contract, also one without a control, or the list would not match the number', () => {
    const state = readSearch({ foundMonth: '2024-03', area: 371721, states: 'closed', overdue: 'true' }, filter)
    expect(state.filter).toEqual({ foundMonth: '2024-03', area: '371721', states: ['closed'], overdue: true })
    expect(state.ignored).toEqual([])
    expect(hiddenFilters(state.filter, controls)).toEqual(['foundMonth'])
  })

  it('names what the list does not understand instead of asking in vain or keeping silent', () => {
    const state = readSearch({ gone: 1, states: ['melted'], area: 'x', level: 'closed' }, filter)
    expect(state.filter).toEqual({ level: 'closed' })
    expect(state.ignored).toEqual(['gone', 'states', 'area'])
  })

  it('falls back from page and size that make no sense', () => {
    expect(readSearch({ page: '-1', size: 7 }, filter)).toMatchObject({ page: 1, size: 20 })
    const search = { page: '3', size: '100', sort: '-dueOn', columns: ['a', 'b'] }
    expect(readSearch(search, filter)).toMatchObject({ page: 3, size: 100, sort: '-dueOn', columns: ['a', 'b'] })
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

describe('filters as their contract declares them', () => {
  it('get the control that fits what they take', () => {
    expect(controls.map(({ kind, label }) => [kind, label])).toEqual([
      ['text', '检索'],
      ['multi', '状态'],
      ['select', '等级'],
      ['tree', '区域'],
      ['days', '发现日期'],
      ['flag', '逾期'],
    ])
  })

  it('are said in words, codes by their names', () => {
    const nameOf = namesFrom({ area: areas })
    const words = (name: string, value: unknown) => filterWords(filter, name, value, nameOf)
    expect(words('states', ['open', 'closed'])).toBe('状态：整改中、已销号')
    expect(words('area', '371721100')).toBe('区域：曹城')
    expect(words('unitId', 'u')).toBe('单位：指定单位')
    expect(words('overdue', true)).toBe('逾期')
    expect(words('overdue', false)).toBe('逾期：否')
    expect(words('foundMonth', '2024-03')).toBe('发现月份：2024-03')
    expect(words('states', ['constructor'])).toBe('状态：constructor')
  })
})
