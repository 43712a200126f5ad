import { describe, expect, it } from 'vitest'
import type { ListColumn } from '#kernel/list/list.ts'
import { arranged, layoutOf, moved, named } from './columns.ts'

const text = () => ''
const columns: ListColumn<unknown>[] = [
  { key: 'number', title: '编号', text, hideable: false },
  { key: 'level', title: '等级', text },
  { key: 'dueOn', title: '时限', text },
  { key: 'body', title: '部门', text, hiddenAtFirst: true },
]
const shown = (placed: ReturnType<typeof arranged>) => placed.filter((one) => one.shown).map(({ column }) => column.key)

describe('the columns of a list', () => {
  it('stand as the list was made until somebody chooses', () => {
    expect(shown(arranged(columns, null))).toEqual(['number', 'level', 'dueOn'])
  })

  it('stand in the order kept, also those out of sight', () => {
    const layout = [
      { key: 'dueOn', shown: true },
      { key: 'level', shown: false },
      { key: 'number', shown: true },
      { key: 'body', shown: true },
    ]
    expect(shown(arranged(columns, layout))).toEqual(['dueOn', 'number', 'body'])
    expect(layoutOf(arranged(columns, layout))).toEqual(layout)
  })

  it('survive a list that changed: gone ones fall away, added ones show as they were made, needed ones stay', () => {
    const layout = [
      { key: 'gone', shown: true },
      { key: 'number', shown: false },
      { key: 'dueOn', shown: true },
    ]
    expect(shown(arranged(columns, layout))).toEqual(['number', 'dueOn', 'level'])
  })

  it('are those a link names, and the ones a row cannot do without', () => {
    expect(shown(named(columns, ['body', 'dueOn', 'gone']))).toEqual(['body', 'dueOn', 'number'])
  })

  it('move one place at a time and stop at the ends', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
    expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c'])
  })
})
