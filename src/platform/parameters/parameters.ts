import type { Day } from '#kernel/time.ts'

export interface ParameterRow {
  readonly id: string
  readonly effectiveFrom: Day
  readonly value: unknown
}

/** Parameters with effective dates: the value that held on a legal day. A missing or mistyped one throws with its id. */
export interface Parameters {
  number(id: string, on: Day): number
  numbers(id: string, on: Day): readonly number[]
  flag(id: string, on: Day): boolean
  text(id: string, on: Day): string
}

/** Builds the look-up; rows may come in any order. Before the first effective day the earliest value holds. */
export function createParameters(rows: readonly ParameterRow[]): Parameters {
  const byId = new Map<string, ParameterRow[]>()
  for (const row of [...rows].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))) {
    byId.set(row.id, [...(byId.get(row.id) ?? []), row])
  }
  const holding = (id: string, on: Day): unknown => {
    const list = byId.get(id)
    const first = list?.[0]
    if (!list || !first) throw new Error(`parameter ${id} is not set in this county's pack`)
    let value = first.value
    for (const row of list) if (row.effectiveFrom <= on) value = row.value
    return value
  }
  const typed = <T>(id: string, on: Day, test: (value: unknown) => value is T, name: string): T => {
    const value = holding(id, on)
    if (!test(value)) throw new Error(`parameter ${id} should be ${name}`)
    return value
  }
  return {
    number: (id, on) => typed(id, on, (value): value is number => typeof value === 'number', 'a number'),
    numbers: (id, on) =>
      typed(
        id,
        on,
        (value): value is number[] => Array.isArray(value) && value.every((item) => typeof item === 'number'),
        'a list of numbers',
      ),
    flag: (id, on) => typed(id, on, (value): value is boolean => typeof value === 'boolean', 'true or false'),
    text: (id, on) => typed(id, on, (value): value is string => typeof value === 'string', 'a text'),
  }
}
