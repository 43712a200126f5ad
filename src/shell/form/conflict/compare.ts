import { valueAt } from '../paths.ts'
import type { FieldSpec, FormValues } from '../types.ts'
import { isEmpty } from './words.ts'

/** A field that others changed while it stood in a form here. */
export interface Difference {
  readonly field: FieldSpec
  /** What the form opened with, what the record holds now, what stands in the form. */
  readonly before: unknown
  readonly theirs: unknown
  readonly mine: unknown
}

export interface Comparison {
  /** Changed by others and untouched here: theirs is taken, or sending the form would undo it unseen. */
  readonly taken: readonly Difference[]
  /** Changed on both sides, differently: the person chooses. */
  readonly clashes: readonly Difference[]
}

/** Equal as people see it: whatever is empty is empty, and the order of keys says nothing. */
export function alike(one: unknown, other: unknown): boolean {
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other))
}

function plain(value: unknown): unknown {
  if (isEmpty(value)) return null
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, item]) => !isEmpty(item))
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, plain(item)])
}

/** Field by field: what the form opened with, what the record holds now, and what stands in the form. */
export function compare(
  fields: readonly FieldSpec[],
  before: FormValues,
  theirs: FormValues,
  mine: FormValues,
): Comparison {
  const changed = fields
    .map((field): Difference => {
      const at = (values: FormValues) => valueAt(values, field.name)
      return { field, before: at(before), theirs: at(theirs), mine: at(mine) }
    })
    .filter((one) => !alike(one.before, one.theirs) && !alike(one.theirs, one.mine))
  return {
    taken: changed.filter((one) => alike(one.before, one.mine)),
    clashes: changed.filter((one) => !alike(one.before, one.mine)),
  }
}
