import { z } from 'zod'
import { formatWan, parseWan } from '#kernel/chinese/money.ts'
import type { Face, FieldOf, Read } from './field.ts'

const asNumber = (value: unknown) => (typeof value === 'number' ? value : null)
const withUnit = (value: unknown, unit: string | undefined) =>
  typeof value === 'number' ? `${value}${unit ?? ''}` : ''

interface Limits {
  readonly title: string
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly unit?: string | undefined
}

/** Numbers without bounds still have some: beyond them a count is a slip of the keyboard. */
const most = 1e12

const within = ({ title, min = 0, max = most }: Limits, schema: z.ZodNumber) =>
  schema.min(min, `${title}不能小于${min}`).max(max, `${title}不能大于${max}`)

const control = ({ min = 0, max, unit }: Limits) => ({
  kind: 'number' as const,
  min,
  ...(max === undefined ? {} : { max }),
  ...(unit === undefined ? {} : { unit }),
})

/** Digits with or without the unit behind them, with the thousands set apart or not. */
function readNumber(text: string, { unit }: Limits): Read {
  const plain = text.normalize('NFKC').replace(/[\s,]/g, '')
  if (plain === '' || /^([-/]|无)$/.test(plain)) return undefined
  const bare = unit && plain.endsWith(unit) ? plain.slice(0, -unit.length) : plain
  const value = Number(bare)
  return bare !== '' && Number.isFinite(value) ? { value } : { problem: `“${text}”不是数字，请只填写数字` }
}

export const integer: Face<FieldOf<'integer'>> = {
  title: '整数',
  schema: (field) => within(field, z.number(`${field.title}请填写数字`).int(`${field.title}应为整数`)),
  control,
  narrowing: () => ({ kind: 'span', of: 'number' }),
  words: (value, { unit }) => withUnit(value, unit),
  cell: asNumber,
  read: readNumber,
  width: 100,
}

export const decimal: Face<FieldOf<'decimal'>> = {
  title: '小数',
  schema: (field) => within(field, z.number(`${field.title}请填写数字`)),
  control,
  narrowing: () => ({ kind: 'span', of: 'number' }),
  words: (value, { unit }) => withUnit(value, unit),
  cell: asNumber,
  read: readNumber,
  width: 100,
}

/** Kept in 元; people type and print 万元, and so does a file. */
export const money: Face<FieldOf<'money'>> = {
  title: '金额',
  schema: (field) => within(field, z.number(`${field.title}请填写金额`)).multipleOf(0.01, `${field.title}最多精确到分`),
  control: () => ({ kind: 'money' }),
  narrowing: () => ({ kind: 'span', of: 'number' }),
  words: (value) => (typeof value === 'number' ? formatWan(value) : ''),
  cell: (value) => (typeof value === 'number' ? formatWan(value) : null),
  read(text) {
    const money = parseWan(text)
    if (money.kind === 'empty') return undefined
    return money.kind === 'amount' ? { value: money.yuan } : { problem: money.reason }
  },
  width: 110,
}
