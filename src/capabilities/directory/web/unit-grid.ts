import type { Search } from '#shell/table/types.ts'
import type { UnitCounts } from '../model/index.ts'

export interface GridCell {
  readonly key: string
  readonly n: number
  /** Of the list with exactly these units. */
  readonly filter: Search
  /** What is counted, for a screen reader that meets the number alone. */
  readonly label: string
}

export interface GridRow {
  readonly key: string
  readonly name: string
  readonly total: GridCell
  readonly cells: readonly GridCell[]
}

export interface Grid {
  readonly corner: string
  readonly head: readonly { readonly key: string; readonly name: string }[]
  readonly rows: readonly GridRow[]
  readonly foot: GridRow
}

interface Side {
  readonly key: string
  readonly name: string
  readonly n: number
  readonly limit: Search
}

/** Lays the counts out with their sums: towns down and sectors across, the other way round for a single town. */
export function gridOf(table: UnitCounts, filter: Search): Grid {
  const towns = table.areas.map(({ area, name, supervised, n }): Side => {
    // Asked for one village, the town's row counts that village alone, and so must its lists.
    const limit = String(filter.area ?? '').startsWith(area) ? {} : { area }
    return { key: area, name: supervised ? name : `${name}（非督导单位）`, n, limit }
  })
  const sectors = table.sectors.map(({ sector, name, n }): Side => ({ key: sector, name, n, limit: { sector } }))
  const turned = towns.length < 3
  const [down, across] = turned ? [sectors, towns] : [towns, sectors]
  const counts = new Map(table.cells.map(({ area, sector, n }) => [`${area} ${sector}`, n]))
  const count = (row: Side, column: Side) =>
    counts.get(turned ? `${column.key} ${row.key}` : `${row.key} ${column.key}`) ?? 0
  const total = (side: Side): GridCell => ({
    key: side.key,
    n: side.n,
    filter: { ...filter, ...side.limit },
    label: `${side.name}合计`,
  })
  return {
    corner: turned ? '行业领域' : '乡镇（开发区）',
    head: across,
    rows: down.map((row) => ({
      key: row.key,
      name: row.name,
      total: total(row),
      cells: across.map((column) => ({
        key: column.key,
        n: count(row, column),
        filter: { ...filter, ...row.limit, ...column.limit },
        label: `${row.name}、${column.name}`,
      })),
    })),
    foot: {
      key: 'total',
      name: turned ? '合计（不重复）' : '合计',
      total: { key: 'total', n: table.total, filter, label: '全部' },
      cells: across.map(total),
    },
  }
}
