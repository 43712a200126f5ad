import { z } from 'zod'
import { checkMobilePhone } from '#kernel/chinese/codes.ts'
import { normaliseLines, normaliseText } from '#kernel/chinese/text.ts'
import type { Face, FieldOf } from './field.ts'

const say = (value: unknown) => (typeof value === 'string' ? value : '')
const cell = (value: unknown) => say(value) || null
const given = (value: string) => (value === '' ? undefined : { value })
const mostText = 100
const mostLines = 1000

const matches = (pattern: string | undefined, value: string) =>
  pattern === undefined || new RegExp(`^(?:${pattern})$`).test(value)

export const text: Face<FieldOf<'text'>> = {
  title: '文字',
  schema: ({ title, max = mostText, pattern }) =>
    z
      .string()
      .trim()
      .min(1, `请填写${title}`)
      .max(max, `${title}最多${max}字`)
      .refine((value) => matches(pattern, value), `${title}的格式不正确，请核对`),
  control: ({ max = mostText }) => ({ kind: 'text', max }),
  narrowing: () => ({ kind: 'text' }),
  words: say,
  cell,
  read: (value) => given(normaliseText(value)),
  width: 150,
}

export const longText: Face<FieldOf<'longText'>> = {
  title: '长文字',
  schema: ({ title, max = mostLines }) => z.string().trim().min(1, `请填写${title}`).max(max, `${title}最多${max}字`),
  control: ({ max = mostLines }) => ({ kind: 'area', max }),
  narrowing: () => ({ kind: 'text' }),
  words: say,
  cell,
  read: (value) => given(normaliseLines(value)),
  width: 260,
}

/** Mobile numbers are checked; a number with an area code stands as it is written. */
const phoneProblem = (value: string): string | undefined => {
  if (/^0\d{2,3}-?\d{7,8}$/.test(value)) return undefined
  const check = checkMobilePhone(value)
  return check.ok ? undefined : check.reason
}

export const phone: Face<FieldOf<'phone'>> = {
  title: '电话',
  schema: ({ title }) =>
    z
      .string()
      .trim()
      .superRefine((value, context) => {
        const problem = phoneProblem(value)
        if (problem) context.addIssue({ code: 'custom', message: `${title}：${problem}` })
      }),
  control: () => ({ kind: 'text', max: 20 }),
  narrowing: () => undefined,
  words: say,
  cell,
  read: (value) => given(normaliseText(value).replace(/\s/g, '')),
  width: 130,
}

interface Named {
  readonly name: string
  readonly phone?: string
}
const asPerson = (value: unknown): Named | undefined =>
  typeof value === 'object' && value !== null && 'name' in value ? (value as Named) : undefined
const personWords = (value: unknown) => {
  const person = asPerson(value)
  return person ? [person.name, person.phone].filter(Boolean).join(' ') : ''
}

export const person: Face<FieldOf<'person'>> = {
  title: '人员',
  schema: ({ title }) =>
    z.strictObject({
      name: z.string().trim().min(1, `请填写${title}的姓名`).max(30, '姓名最多30字'),
      phone: z
        .string()
        .trim()
        .refine((value) => value === '' || phoneProblem(value) === undefined, `${title}的电话不正确，请核对`)
        .optional(),
    }),
  control: () => ({ kind: 'person' }),
  narrowing: () => undefined,
  words: personWords,
  cell: (value) => personWords(value) || null,
  read(value) {
    const words = normaliseText(value)
    if (words === '') return undefined
    const found = /^(.*?)[\s（(]*((?:\+?86)?1\d{10}|0\d{2,3}-?\d{7,8})?[）)]*$/.exec(words)
    const name = (found?.[1] ?? words).trim()
    if (name === '') return { problem: '只有电话没有姓名，请写成“姓名 电话”' }
    return { value: { name, ...(found?.[2] ? { phone: found[2] } : {}) } }
  },
  width: 150,
}
