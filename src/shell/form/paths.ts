import type { FieldError } from '#kernel/errors.ts'
import type { FieldSpec, FormValues } from './types.ts'

export type NamePath = (string | number)[]

/** `plan.measures.0.text` → ['plan', 'measures', 0, 'text'], as the form addresses values. */
export function namePath(path: string): NamePath {
  return path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
}

/**
 * Sorts the server's field errors onto the fields of a form. An error deeper than a field belongs to the field
 * (`attachments.2.caption` → attachments); what no field owns is returned for the message above the form.
 */
export function sortErrors(
  errors: readonly FieldError[],
  names: readonly string[],
): { byField: Map<string, string[]>; rest: string[] } {
  const byField = new Map<string, string[]>()
  const rest: string[] = []
  for (const { path, message } of errors) {
    const owner = names
      .filter((name) => path === name || path.startsWith(`${name}.`))
      .sort((a, b) => b.length - a.length)[0]
    if (owner === undefined) rest.push(message)
    else byField.set(owner, [...new Set([...(byField.get(owner) ?? []), message])])
  }
  return { byField, rest: [...new Set(rest)] }
}

/** The values a form starts with, laid out by dotted names. Deeper objects are merged, lists and texts replaced. */
export function mergeValues(base: FormValues, over: FormValues): FormValues {
  const out: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const below = out[key]
    out[key] = isPlain(below) && isPlain(value) ? mergeValues(below, value) : value
  }
  return out
}

function isPlain(value: unknown): value is FormValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The input as it is sent: emptied controls (undefined, null from pickers, '' of a choice) are left out of optional
 * places, so that the contract's own default applies and its own words say what is missing.
 */
export function pruned(values: unknown): unknown {
  if (Array.isArray(values)) return values.map(pruned)
  if (!isPlain(values)) return values
  const entries = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, pruned(value)] as const)
  return Object.fromEntries(entries)
}

/** Names of the fields that are shown for these values. */
export function visibleFields(fields: readonly FieldSpec[], values: FormValues): FieldSpec[] {
  return fields.filter((field) => field.visible?.(values) ?? true)
}
