import type { SavedFilter } from '#kernel/list/kept.ts'

/** What the list shows now, as a saved filter keeps it. */
export type Shown = Pick<SavedFilter, 'filter' | 'words' | 'sort' | 'columns'>

/** Whether the list shows just what was saved, in whichever order its conditions were set. */
export function isShown(saved: SavedFilter, { filter, sort, columns }: Shown): boolean {
  const text = (value: Shown['filter']) => JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
  return (
    text(saved.filter) === text(filter) &&
    saved.sort === sort &&
    // A filter kept without columns leaves them as they are.
    (saved.columns === null || JSON.stringify(saved.columns) === JSON.stringify(columns))
  )
}
