import { valueAt } from '../paths.ts'
import type { FieldSpec, FormValues } from '../types.ts'

export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** What stands in a field, as people read it. */
export function valueWords(field: FieldSpec, value: unknown): string {
  if (isEmpty(value)) return '（空）'
  switch (field.kind) {
    case 'select':
    case 'radio':
    case 'multi': {
      const one = (item: unknown) => field.options.find((option) => option.value === item)?.label ?? String(item)
      return [value].flat().map(one).join('、')
    }
    case 'money':
      return `${Number(value) / 10_000}万元`
    case 'number':
      return `${String(value)}${field.unit ?? ''}`
    case 'switch':
      return value === true ? '是' : '否'
    case 'attachments':
      return `${[value].flat().length}个文件`
    case 'list':
      return [value]
        .flat()
        .map((row) => rowWords(field.fields, row as FormValues))
        .join('；')
    case 'custom':
      return field.words?.(value) ?? plainWords(value)
    default:
      return plainWords(value)
  }
}

const rowWords = (fields: readonly FieldSpec[], row: FormValues): string =>
  fields
    .filter(({ name }) => !isEmpty(valueAt(row, name)))
    .map((field) => valueWords(field, valueAt(row, field.name)))
    .join(' ')

/** Without a field's own words: the texts and numbers in it. */
function plainWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.values(value)
    .filter((item) => !isEmpty(item))
    .map(plainWords)
    .join(Array.isArray(value) ? '、' : ' ')
}
