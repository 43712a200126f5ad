import { z } from 'zod'
import { type NameOf, namingOf, unnamed, valueSchema } from '#kernel/list/filter.ts'
import type { Choices, Control, FilterSpec, Option, TreeOption } from './types.ts'

const isTree = (options: readonly (Option | TreeOption)[]): options is readonly TreeOption[] =>
  options.some((option) => 'title' in option)

/** The controls a list shows, drawn from what its contract says of each filter. */
export function controlsOf(filter: z.ZodObject, wanted: readonly Control[], choices: Choices): FilterSpec[] {
  return wanted.map((control): FilterSpec => {
    if (typeof control !== 'string') {
      const [name, nameTo, label] = control
      return { kind: 'days', name, nameTo, label }
    }
    const { label, meaning } = namingOf(filter, control) ?? { label: control }
    const base = { name: control, label }
    const schema = valueSchema(filter, control)
    if (schema instanceof z.ZodBoolean) return { ...base, kind: 'flag' }
    if (meaning === undefined) return { ...base, kind: 'text' }
    if (typeof meaning !== 'string') {
      const options = Object.entries(meaning).map(([value, words]) => ({ value, label: words }))
      return { ...base, kind: schema instanceof z.ZodArray ? 'multi' : 'select', options }
    }
    const options = choices[meaning] ?? []
    return isTree(options)
      ? { ...base, kind: 'tree', options }
      : { ...base, kind: 'select', options: options as readonly Option[] }
  })
}

/** What codes are called on this screen; one nobody has named yet is said to be a chosen one. */
export function namesFrom(choices: Choices): NameOf {
  return (kind, code) => find(choices[kind] ?? [], code) ?? unnamed(kind, code)
}

function find(options: readonly (Option | TreeOption)[], code: string): string | undefined {
  for (const option of options) {
    if (option.value === code) return 'title' in option ? option.title : option.label
    const below = 'children' in option && option.children ? find(option.children, code) : undefined
    if (below !== undefined) return below
  }
  return undefined
}
