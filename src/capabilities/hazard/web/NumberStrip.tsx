import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { useListSearch } from '#shell/table/list-search.ts'
import { readSearch, withFilter } from '#shell/table/search.ts'
import type { Search } from '#shell/table/types.ts'
import { formatNumber } from '#shell/text/format.ts'
import { HazardFilter, listHazards } from '../model/index.ts'

interface Strip {
  readonly label: string
  readonly narrowing: Search
  /** Told of now only: history keeps no such mark. */
  readonly nowOnly?: boolean
}

const strips: readonly Strip[] = [
  { label: '未销号', narrowing: { stateType: 'standing' } },
  { label: '重大隐患', narrowing: { level: 'major' } },
  { label: '逾期', narrowing: { overdue: true }, nowOnly: true },
  { label: '挂牌督办', narrowing: { listed: true }, nowOnly: true },
  { label: '已销号', narrowing: { stateType: 'closed' } },
]

/** How many of the listed hazards stand, are major, late, listed, closed; each number narrows the list to its rows. */
export function NumberStrip(): ReactNode {
  const [search, setSearch] = useListSearch()
  const { filter } = readSearch(search, HazardFilter)
  const past = filter.asOf !== undefined
  return (
    <div className="zb-numbers zb-strip zb-no-print">
      {strips
        .filter((strip) => !past || !strip.nowOnly)
        .map((strip) => (
          <StripNumber
            key={strip.label}
            strip={strip}
            filter={filter}
            onChange={(changes) => setSearch(withFilter(search, changes))}
          />
        ))}
    </div>
  )
}

interface StripNumberProps {
  readonly strip: Strip
  readonly filter: Search
  onChange(changes: Search): void
}

function StripNumber({ strip, filter, onChange }: StripNumberProps): ReactNode {
  const { label, narrowing } = strip
  const { data } = useAsk(listHazards, { ...filter, ...narrowing, size: 1 }, { keepPrevious: true })
  const names = Object.keys(narrowing)
  const on = names.every((name) => filter[name] === narrowing[name])
  const cleared = Object.fromEntries(names.map((name) => [name, undefined]))
  return (
    <button
      type="button"
      className="zb-number zb-number-button"
      aria-pressed={on}
      onClick={() => onChange(on ? cleared : narrowing)}
    >
      <strong>{formatNumber(data?.total)}</strong>
      <span>{label}</span>
    </button>
  )
}
