import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineAction } from '#kernel/contract.ts'
import { checkInput } from './checked.ts'
import type { FieldSpec } from './types.ts'

const contract = defineAction({
  id: 'loan.note',
  title: '登记',
  permission: 'loan.note',
  record: 'loan',
  input: z.object({
    name: z.string().default(''),
    books: z.array(z.object({ kind: z.string(), title: z.string().trim().min(2, '请写明书名') })).default([]),
  }),
  output: z.object({}),
  errors: [],
})
const newRow = { kind: 'paper', title: '' }
const fields: FieldSpec[] = [
  { kind: 'text', name: 'name', label: '借书人' },
  { kind: 'list', name: 'books', label: '图书', addLabel: '添加', newRow, fields: [] },
]
const check = (books: object[]) => checkInput(contract, fields, { name: '甲', books }, {})

describe('what a form sends', () => {
  it('leaves out the empty row a list opens with', () => {
    const { input, errors } = check([newRow])
    expect(errors).toEqual([])
    expect(input).toEqual({ name: '甲', books: [] })
    expect(check([{ kind: 'paper', title: '水浒' }, newRow, newRow]).input).toMatchObject({
      books: [{ title: '水浒' }],
    })
  })

  it('complains at the place of a row somebody began, or that stands before others', () => {
    expect(check([{ kind: 'audio', title: '' }]).errors).toEqual([{ path: 'books.0.title', message: '请写明书名' }])
    expect(check([newRow, { kind: 'paper', title: '水浒' }]).errors.map(({ path }) => path)).toEqual(['books.0.title'])
  })

  it('sends a field that is named as the first of a list as a list', () => {
    const first: FieldSpec[] = [{ kind: 'text', name: 'books.0.title', label: '书名' }]
    const { input, errors } = checkInput(contract, first, { books: [{ title: '水浒' }] }, { name: '甲' })
    expect(input).toEqual({ name: '甲', books: [{ title: '水浒' }] })
    expect(errors.map(({ path }) => path)).toEqual(['books.0.kind'])
  })

  it('says of what does not fit which field it is and by how much, and says it once', () => {
    const asked: FieldSpec[] = [
      { kind: 'text', name: 'name', label: '借书人', max: 5 },
      { kind: 'number', name: 'pages', label: '页数', min: 1, max: 9 },
      { kind: 'day', name: 'lentOn', label: '借出日期', min: '2026-01-01', max: '2026-06-30' },
      {
        kind: 'list',
        name: 'books',
        label: '图书',
        addLabel: '添加',
        fields: [{ kind: 'area', name: 'title', label: '书名', max: 3 }],
      },
    ]
    const values = {
      name: '诸葛孔明先生',
      pages: 10,
      lentOn: '2026-07-01',
      books: [{ kind: 'paper', title: '三国演义' }],
    }
    expect(checkInput(contract, asked, values, {}).errors).toEqual([
      { path: 'name', message: '借书人最多5字，现在有6字，请删减' },
      { path: 'pages', message: '页数不能大于9' },
      { path: 'lentOn', message: '借出日期不能晚于2026-06-30' },
      { path: 'books.0.title', message: '书名最多3字，现在有4字，请删减' },
    ])
    const fitting = { name: '　孔明　', pages: 1, lentOn: '2026-01-01', books: [{ kind: 'paper', title: '红楼' }] }
    expect(checkInput(contract, asked, fitting, {}).errors).toEqual([])
  })
})
