import { parseLedgerDate } from '#kernel/chinese/date.ts'
import { Day, Month, monthOf } from '#kernel/time.ts'
import type { Face, FieldOf } from './field.ts'

const say = (value: unknown) => (typeof value === 'string' ? value : '')
const cell = (value: unknown) => say(value) || null

/** A cell of a sheet that held a date comes as the number Excel counts days by. */
const written = (text: string) => (/^\d{5}(\.\d+)?$/.test(text.trim()) ? Number(text) : text)

export const day: Face<FieldOf<'day'>> = {
  title: '日期',
  schema: () => Day,
  control: ({ past = false }) => ({ kind: 'day', past }),
  narrowing: () => ({ kind: 'span', of: 'day' }),
  words: say,
  cell,
  read(text) {
    const date = parseLedgerDate(written(text))
    if (date.kind === 'empty') return undefined
    if (date.kind === 'day') return { value: date.day }
    return { problem: date.kind === 'noYear' ? `“${text}”没有写年份，请写成如 2024-07-01` : date.reason }
  },
  width: 110,
}

export const month: Face<FieldOf<'month'>> = {
  title: '年月',
  schema: () => Month,
  control: () => ({ kind: 'month' }),
  narrowing: () => ({ kind: 'span', of: 'month' }),
  words: say,
  cell,
  read(text) {
    const plain = text.normalize('NFKC').replace(/\s/g, '')
    const found = /^(20\d{2})[-./年](\d{1,2})月?$/.exec(plain)
    if (found && Number(found[2]) >= 1 && Number(found[2]) <= 12)
      return { value: `${found[1]}-${found[2]?.padStart(2, '0')}` }
    const date = parseLedgerDate(written(text))
    if (date.kind === 'empty') return undefined
    return date.kind === 'day' ? { value: monthOf(date.day) } : { problem: `“${text}”不是年月，请写成如 2024-07` }
  },
  width: 90,
}
