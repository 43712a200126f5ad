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
})
