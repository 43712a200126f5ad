import { z } from 'zod'
import { Condition } from '#kernel/conditions/condition.ts'
import type { NameOf } from '#kernel/list/filter.ts'
import type { CellValue } from '#kernel/list/list.ts'

const Words = z.string().trim().min(1, '不能为空')

/** A field by the name its values are kept under. */
export const FieldId = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]{0,29}$/, '字段代码应为小写字母开头的英文，最多30个字符，如 deviceNo')

const base = {
  id: FieldId,
  title: Words.max(30, '名称最多30字'),
  help: Words.optional(),
  required: z.boolean().optional(),
  /** Required only when this holds of the item. */
  requiredWhen: Condition.optional(),
  /** Asked for only when this holds of the item. */
  shownWhen: Condition.optional(),
  /** Stands as a column of the list from the beginning; the others can be chosen. */
  list: z.boolean().optional(),
  /** The list can be narrowed by it. */
  filter: z.boolean().optional(),
  /** Heading of the part of the form that begins with this field. */
  section: Words.optional(),
}
const options = z.record(z.string().regex(/^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$/, '选项代码只用英文、数字和连字符'), Words)

/** The closed list of field types. A new one is written here and in the table of faces, and nowhere else. */
export const Field = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      ...base,
      type: z.literal('text'),
      max: z.int().min(1).max(200).optional(),
      pattern: Words.optional(),
    }),
    z.strictObject({ ...base, type: z.literal('longText'), max: z.int().min(1).max(2000).optional() }),
    z.strictObject({
      ...base,
      type: z.literal('integer'),
      min: z.int().optional(),
      max: z.int().optional(),
      unit: Words.optional(),
    }),
    z.strictObject({
      ...base,
      type: z.literal('decimal'),
      min: z.number().optional(),
      max: z.number().optional(),
      unit: Words.optional(),
    }),
    z.strictObject({ ...base, type: z.literal('money') }),
    z.strictObject({ ...base, type: z.literal('day'), past: z.boolean().optional() }),
    z.strictObject({ ...base, type: z.literal('month') }),
    z.strictObject({ ...base, type: z.literal('yesNo') }),
    z.strictObject({ ...base, type: z.literal('choice'), options }),
    z.strictObject({ ...base, type: z.literal('choices'), options }),
    z.strictObject({ ...base, type: z.literal('area') }),
    z.strictObject({ ...base, type: z.literal('body') }),
    z.strictObject({ ...base, type: z.literal('sector') }),
    z.strictObject({ ...base, type: z.literal('unit') }),
    z.strictObject({ ...base, type: z.literal('person') }),
    z.strictObject({ ...base, type: z.literal('phone') }),
    z.strictObject({ ...base, type: z.literal('position') }),
    z.strictObject({ ...base, type: z.literal('attachment'), max: z.int().min(1).max(20).optional() }),
  ],
  {
    error:
      '没有这种字段类型；可用 text、longText、integer、decimal、money、day、month、yesNo、choice、choices、area、body、sector、unit、person、phone、position、attachment',
  },
)
export type Field = z.infer<typeof Field>
export type FieldKind = Field['type']
export type FieldOf<K extends FieldKind> = Extract<Field, { type: K }>

/** How a value is typed in: the name of an input and what it is told, as data, so that any screen can draw it. */
export type Control =
  | { readonly kind: 'text'; readonly max: number }
  | { readonly kind: 'area'; readonly max: number }
  | { readonly kind: 'number'; readonly min?: number; readonly max?: number; readonly unit?: string }
  | { readonly kind: 'money' | 'month' | 'unit' | 'person' | 'position' }
  | { readonly kind: 'day'; readonly past: boolean }
  | {
      readonly kind: 'radio' | 'select' | 'multi'
      readonly options: readonly { value: string | boolean; label: string }[]
    }
  | { readonly kind: 'code'; readonly codes: 'area' | 'body' | 'sector' }
  | { readonly kind: 'attachments'; readonly max: number }

/** How a list is narrowed by a field: one or several of named values, a code, a span of days, months or numbers, or a part of a text. */
export type Narrowing =
  | { readonly kind: 'choice'; readonly many: boolean; readonly names: Readonly<Record<string, string>> }
  | { readonly kind: 'flag' }
  | { readonly kind: 'code'; readonly codes: 'area' | 'body' | 'sector' | 'unit' }
  | { readonly kind: 'span'; readonly of: 'day' | 'month' | 'number' }
  | { readonly kind: 'text' }

/** Finds the codes that words of a sheet stand for; undefined when nothing is called so. */
export interface Lookup {
  area(words: string): string | undefined
  body(words: string): string | undefined
  sector(words: string): string | undefined
  unit(words: string): string | undefined
}

/** What a cell of a sheet was read as. An empty cell is no value and no mistake. */
export type Read = { readonly value: unknown } | { readonly problem: string } | undefined

/** All that the product does with values of one type. */
export interface Face<F extends Field> {
  /** What the type is called, for whoever writes a pack. */
  readonly title: string
  /** A value as it is kept; what does not fit is refused in Chinese. */
  schema(field: F): z.ZodType
  control(field: F): Control
  narrowing(field: F): Narrowing | undefined
  /** As the screen, a letter and a history say it. */
  words(value: unknown, field: F, nameOf: NameOf): string
  /** As it stands in a cell of a file. */
  cell(value: unknown, field: F, nameOf: NameOf): CellValue
  /** Reads what `cell` wrote, and what people write instead. */
  read(text: string, field: F, lookup: Lookup): Read
  /** Pixels of its column. */
  readonly width: number
}
