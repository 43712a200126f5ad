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
  const entries: [string, unknown][] = []
  for (const [key, value] of Object.entries(values)) {
    const kept = pruned(value)
    // A group nobody filled in is not there: a person without name and phone is no person with errors.
    const empty = kept === undefined || (isPlain(kept) && Object.keys(kept).length === 0)
    if (!empty) entries.push([key, kept])
  }
  return Object.fromEntries(entries)
}

/** The value at a dotted path of the form. */
export function valueAt(values: FormValues, path: string): unknown {
  return namePath(path).reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined,
    values,
  )
}

/** Fields that are marked as needed and left empty, with the words to say so. */
export function missingFields(fields: readonly FieldSpec[], values: FormValues): FieldError[] {
  return fields
    .filter((field) => field.required)
    .filter(({ name }) => {
      const value = valueAt(values, name)
      return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
    })
    .map(({ name, label, kind }) => ({ path: name, message: `${verbs[kind] ?? '请填写'}${label}` }))
}

/**
 * Texts longer, and numbers and days other than their field takes. A control that cut them off would lose what was pasted, and
 * nobody would see it.
 */
export function unfitFields(fields: readonly FieldSpec[], values: FormValues): FieldError[] {
  return fields.flatMap((field) => {
    const value = valueAt(values, field.name)
    if (field.kind === 'list') {
      const rows = Array.isArray(value) ? (value as FormValues[]) : []
      return rows.flatMap((row, at) =>
        unfitFields(field.fields, row ?? {}).map(({ path, message }) => ({
          path: `${field.name}.${at}.${path}`,
          message,
        })),
      )
    }
    const message = unfitWords(field, value)
    return message === undefined ? [] : [{ path: field.name, message }]
  })
}

function unfitWords(field: FieldSpec, value: unknown): string | undefined {
  if ((field.kind === 'text' || field.kind === 'area') && typeof value === 'string') {
    const length = value.trim().length
    if (field.max === undefined || length <= field.max) return undefined
    return `${field.label}最多${field.max}字，现在有${length}字，请删减`
  }
  if (field.kind === 'day' && typeof value === 'string' && value !== '') {
    if (field.min !== undefined && value < field.min) return `${field.label}不能早于${field.min}`
    return field.max !== undefined && value > field.max ? `${field.label}不能晚于${field.max}` : undefined
  }
  if (field.kind !== 'number' || typeof value !== 'number') return undefined
  if (field.min !== undefined && value < field.min) return `${field.label}不能小于${field.min}`
  return field.max !== undefined && value > field.max ? `${field.label}不能大于${field.max}` : undefined
}

const verbs: Partial<Record<FieldSpec['kind'], string>> = {
  attachments: '请上传',
  select: '请选择',
  multi: '请选择',
  radio: '请选择',
  custom: '请选择',
  day: '请选择',
}

/** Names of the fields that are shown for these values. */
export function visibleFields(fields: readonly FieldSpec[], values: FormValues): FieldSpec[] {
  return fields.filter((field) => field.visible?.(values) ?? true)
}
