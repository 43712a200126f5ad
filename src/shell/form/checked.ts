import type { z } from 'zod'
import type { ActionContract } from '#kernel/contract.ts'
import type { FieldError } from '#kernel/errors.ts'
import { mergeValues, missingFields, namePath, pruned, unfitFields, valueAt } from './paths.ts'
import type { FieldSpec, FormValues } from './types.ts'

export interface CheckedInput {
  /** Names the form has a place for, rows of lists included. */
  readonly names: readonly string[]
  /** What is sent when nothing is wrong. */
  readonly input: unknown
  readonly errors: readonly FieldError[]
}

/** What stands in a form as its contract takes it, and what is wrong with it before anything is sent. */
export function checkInput(
  contract: ActionContract<z.ZodType, z.ZodType>,
  shown: readonly FieldSpec[],
  values: FormValues,
  fixed: FormValues,
): CheckedInput {
  const input = pruned(mergeValues(pick(values, shown), fixed))
  const missing = missingFields(shown, values)
  const unfit = unfitFields(shown, values)
  const checked = contract.input.safeParse(input)
  const issues = (checked.error?.issues ?? []).map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  // What is wrong with a field is said once, by its name; the contract's word about the same place would only repeat it.
  const others = issues.filter(
    ({ path }) => !missing.some((error) => error.path.startsWith(path)) && !unfit.some((error) => error.path === path),
  )
  return { names: namesOf(shown, values), input, errors: [...missing, ...unfit, ...others] }
}

function namesOf(fields: readonly FieldSpec[], values: FormValues): string[] {
  return fields.flatMap((field) => {
    if (field.kind !== 'list') return [field.name]
    const rows = valueAt(values, field.name)
    const count = Array.isArray(rows) ? rows.length : 0
    return Array.from({ length: count }, (_, at) =>
      field.fields.map((inner) => `${field.name}.${at}.${inner.name}`),
    ).flat()
  })
}

/** A list may open with an empty row; what nobody touched is no entry with errors. Only at the end: errors name places. */
function withoutBlank(value: unknown, field: FieldSpec): unknown {
  if (field.kind !== 'list' || !Array.isArray(value)) return value
  const blank = JSON.stringify(pruned(field.newRow ?? {}))
  const last = value.findLastIndex((row) => JSON.stringify(pruned({ ...field.newRow, ...row })) !== blank)
  return value.slice(0, last + 1)
}

/** Only what is shown is sent: a hidden field must not decide anything. */
function pick(values: FormValues, fields: readonly FieldSpec[]): FormValues {
  let out: FormValues = {}
  for (const field of fields) {
    const path = namePath(field.name)
    const value = withoutBlank(valueAt(values, field.name), field)
    // A number in a name is a place in a list, as in `days.0`.
    const nested = [...path]
      .reverse()
      .reduce<unknown>((inner, key) => (typeof key === 'number' ? [inner] : { [key]: inner }), value)
    out = mergeValues(out, nested as FormValues)
  }
  return out
}
