import { z } from 'zod'
import { areaCodePattern } from '#kernel/area.ts'
import { normaliseText } from '#kernel/chinese/text.ts'
import { Id } from '#kernel/ids.ts'
import type { Face, Field, FieldOf, Lookup } from './field.ts'

type Codes = 'area' | 'body' | 'sector' | 'unit'

/** Codes are kept, names are shown; a name that the county does not know is refused by row. */
const coded = <F extends Field>(codes: Codes, title: string, missing: string, schema: z.ZodType): Face<F> => ({
  title,
  schema: () => schema,
  control: () => (codes === 'unit' ? { kind: 'unit' } : { kind: 'code', codes }),
  narrowing: () => ({ kind: 'code', codes }),
  words: (value, _field, nameOf) => (typeof value === 'string' ? nameOf(codes, value) : ''),
  cell: (value, _field, nameOf) => (typeof value === 'string' ? nameOf(codes, value) : null),
  read(text, _field, lookup: Lookup) {
    const words = normaliseText(text)
    if (words === '') return undefined
    const value = lookup[codes](words)
    return value === undefined ? { problem: `${missing}“${words}”，请核对名称` } : { value }
  },
  width: codes === 'unit' ? 200 : 120,
})

const code = z.string().min(1).max(60)

export const area: Face<FieldOf<'area'>> = coded(
  'area',
  '区划',
  '没有这个乡镇或村',
  z.string().regex(areaCodePattern, '请选择乡镇或村'),
)
export const body: Face<FieldOf<'body'>> = coded('body', '机构', '没有这个机构', code)
export const sector: Face<FieldOf<'sector'>> = coded('sector', '行业领域', '没有这个行业领域', code)
export const unit: Face<FieldOf<'unit'>> = coded('unit', '单位', '名录中没有这个单位', Id)
