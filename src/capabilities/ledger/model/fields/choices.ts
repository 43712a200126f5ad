import { z } from 'zod'
import { normaliseText } from '#kernel/chinese/text.ts'
import type { Face, FieldOf } from './field.ts'

const yes = /^(是|有|已|√|✓|对|y|yes|true|1)$/i
const no = /^(否|无|没有|未|×|✗|x|n|no|false|0)$/i

export const yesNo: Face<FieldOf<'yesNo'>> = {
  title: '是否',
  schema: ({ title }) => z.boolean(`请选择${title}`),
  control: () => ({
    kind: 'radio',
    options: [
      { value: true, label: '是' },
      { value: false, label: '否' },
    ],
  }),
  narrowing: () => ({ kind: 'flag' }),
  words: (value) => (typeof value === 'boolean' ? (value ? '是' : '否') : ''),
  cell: (value) => (typeof value === 'boolean' ? (value ? '是' : '否') : null),
  read(text) {
    const plain = normaliseText(text)
    if (plain === '') return undefined
    if (yes.test(plain)) return { value: true }
    return no.test(plain) ? { value: false } : { problem: `“${plain}”请填写“是”或“否”` }
  },
  width: 80,
}

type Options = Readonly<Record<string, string>>
const nameOfOption = (options: Options, value: unknown) => {
  const id = String(value)
  return Object.hasOwn(options, id) ? (options[id] ?? id) : id
}
const idOf = (options: Options, words: string) =>
  Object.keys(options).find((id) => options[id] === words) ?? (Object.hasOwn(options, words) ? words : undefined)
const unknown = (options: Options, words: string) => `没有“${words}”，请填写${Object.values(options).join('、')}`
const oneOf = (title: string, options: Options) =>
  z.string().refine((value) => Object.hasOwn(options, value), `${title}请在所列选项中选择`)
const listed = (options: Options) => Object.entries(options).map(([value, label]) => ({ value, label }))

export const choice: Face<FieldOf<'choice'>> = {
  title: '单选',
  schema: ({ title, options }) => oneOf(title, options),
  control: ({ options }) => ({ kind: Object.keys(options).length > 4 ? 'select' : 'radio', options: listed(options) }),
  narrowing: ({ options }) => ({ kind: 'choice', many: false, names: options }),
  words: (value, { options }) => (typeof value === 'string' ? nameOfOption(options, value) : ''),
  cell: (value, { options }) => (typeof value === 'string' ? nameOfOption(options, value) : null),
  read(text, { options }) {
    const words = normaliseText(text)
    if (words === '') return undefined
    const value = idOf(options, words)
    return value === undefined ? { problem: unknown(options, words) } : { value }
  },
  width: 110,
}

const namesOf = (value: unknown, options: Options) =>
  Array.isArray(value) ? value.map((one) => nameOfOption(options, one)).join('、') : ''

export const choices: Face<FieldOf<'choices'>> = {
  title: '多选',
  schema: ({ title, options }) =>
    z
      .array(oneOf(title, options))
      .min(1, `请选择${title}`)
      .max(Object.keys(options).length)
      .refine((list) => new Set(list).size === list.length, `${title}有重复的选项`),
  control: ({ options }) => ({ kind: 'multi', options: listed(options) }),
  narrowing: ({ options }) => ({ kind: 'choice', many: true, names: options }),
  words: (value, { options }) => namesOf(value, options),
  cell: (value, { options }) => namesOf(value, options) || null,
  read(text, { options }) {
    const words = normaliseText(text)
      .split(/[、,，;；/]/)
      .map((one) => one.trim())
      .filter(Boolean)
    if (words.length === 0) return undefined
    const strange = words.find((one) => idOf(options, one) === undefined)
    if (strange !== undefined) return { problem: unknown(options, strange) }
    return { value: [...new Set(words.flatMap((one) => idOf(options, one) ?? []))] }
  },
  width: 150,
}
