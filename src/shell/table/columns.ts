import type { ColumnLayout } from '#kernel/list/kept.ts'
import type { ListColumn } from '#kernel/list/list.ts'

/** A column at its place, and whether it is in sight there. */
export interface Placed<R> {
  readonly column: ListColumn<R>
  readonly shown: boolean
}

/** Without some columns a row says nothing; they stay in sight whatever was kept. */
const place = <R>(column: ListColumn<R>, shown: boolean): Placed<R> => ({
  column,
  shown: shown || column.hideable === false,
})

/** All columns in the person's own order. What the list no longer has falls away, what it has gained stands at the end. */
export function arranged<R>(columns: readonly ListColumn<R>[], layout: ColumnLayout | null): Placed<R>[] {
  const known = (layout ?? []).flatMap(({ key, shown }) => {
    const column = columns.find((one) => one.key === key)
    return column ? [place(column, shown)] : []
  })
  const added = columns.filter((column) => !known.some((one) => one.column === column))
  return [...known, ...added.map((column) => place(column, !column.hiddenAtFirst))]
}

/** The columns a link or a saved filter names, in its order; the others follow out of sight. */
export function named<R>(columns: readonly ListColumn<R>[], keys: readonly string[]): Placed<R>[] {
  return arranged(columns, [
    ...keys.map((key) => ({ key, shown: true })),
    ...columns.filter(({ key }) => !keys.includes(key)).map(({ key }) => ({ key, shown: false })),
  ])
}

export const layoutOf = <R>(placed: readonly Placed<R>[]): ColumnLayout =>
  placed.map(({ column, shown }) => ({ key: column.key, shown }))

/** The same with one column a place further up (-1) or down (1). */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const next = [...list]
  const [one] = next.splice(at, 1)
  if (one !== undefined) next.splice(Math.max(0, Math.min(list.length - 1, at + by)), 0, one)
  return next
}
