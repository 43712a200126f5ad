import { z } from 'zod'

/** Kinds of codes a filter may hold, each with a name somebody has to look up. */
export type CodeKind = 'area' | 'sector' | 'body' | 'unit'

/** What the value of a filter means: a code of this kind, or one of these words. Without a meaning it says itself. */
export type Meaning = CodeKind | Readonly<Record<string, string>>

interface Naming {
  readonly label: string
  readonly meaning?: Meaning
}

const namings = z.registry<Naming>()

/**
 * Gives a filter its Chinese name, and its values their words, in the one place where the filter is declared. Screen,
 * file, print and audit then say it alike.
 */
export function named<T extends z.ZodType>(schema: T, label: string, meaning?: Meaning): T {
  namings.add(schema, { label, ...(meaning ? { meaning } : {}) })
  return schema
}

export function namingOf(filter: z.ZodObject, name: string): Naming | undefined {
  const schema = filter.shape[name]
  return schema instanceof z.ZodType ? namings.get(schema) : undefined
}

/** What a filter takes, its being optional left aside. */
export function valueSchema(filter: z.ZodObject, name: string): unknown {
  const schema: unknown = filter.shape[name]
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? schema.unwrap() : schema
}

export type NameOf = (kind: CodeKind, code: string) => string

/** For a screen that knows no names: a code of an office says something, an id does not. */
export const unnamed: NameOf = (kind, code) => (kind === 'unit' ? '指定单位' : code)

/** One filter in words: 区域：东山镇; a filter that is simply on says its name alone. */
export function filterWords(filter: z.ZodObject, name: string, value: unknown, nameOf: NameOf): string {
  const { label, meaning } = namingOf(filter, name) ?? { label: name }
  if (value === true) return label
  if (value === false) return `${label}：否`
  const one = (item: unknown): string => {
    const text = String(item)
    if (typeof meaning === 'string') return nameOf(meaning, text)
    return meaning && Object.hasOwn(meaning, text) ? (meaning[text] ?? text) : text
  }
  return `${label}：${Array.isArray(value) ? value.map(one).join('、') : one(value)}`
}

/** All filters in force, one phrase each. */
export function allFilterWords(filter: z.ZodObject, values: object, nameOf: NameOf): string[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => filterWords(filter, name, value, nameOf))
}

/** Parts a filter into what the list still understands and the names of what it does not. */
export function soundFilter(
  filter: z.ZodObject,
  values: Readonly<Record<string, unknown>>,
): { readonly sound: Record<string, unknown>; readonly unsound: string[] } {
  const sound: Record<string, unknown> = {}
  const unsound: string[] = []
  for (const [name, value] of Object.entries(values)) {
    const schema: unknown = filter.shape[name]
    if (schema instanceof z.ZodType && schema.safeParse(value).success) sound[name] = value
    else unsound.push(name)
  }
  return { sound, unsound }
}
