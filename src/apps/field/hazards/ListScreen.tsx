import { type ReactNode, useEffect, useState } from 'react'
import { HazardFilter, hazardStateIds, hazardStates, listHazards } from '#capabilities/hazard/model/index.ts'
import { filterWords, unnamed } from '#kernel/list/filter.ts'
import { useAskPages } from '#shell/api/queries.ts'
import { useSettled } from '#shell/browser/use-settled.ts'
import { MorePages } from '#shell/phone/MorePages.tsx'
import { Card, EmptyNote, ErrorNote, Loading } from '#shell/phone/parts.tsx'
import { navigate, usePlace } from '#shell/phone/router.tsx'
import { HazardItem } from './HazardItem.tsx'
import { filterOf, listAddress } from './list-address.ts'

interface Chip {
  readonly label: string
  readonly narrowing: HazardFilter
}

const chips: readonly Chip[] = [
  { label: '未销号', narrowing: { stateType: 'standing' } },
  { label: '逾期', narrowing: { overdue: true } },
  { label: '重大', narrowing: { level: 'major' } },
  { label: '挂牌督办', narrowing: { listed: true } },
  { label: '已销号', narrowing: { stateType: 'closed' } },
]

/** Filters that have a control of their own on this page; the others came with the address and are said in words. */
const withControl = new Set(['text', 'overdue', 'level', 'listed', 'states'])

const without = (filter: HazardFilter, names: readonly string[]): HazardFilter =>
  Object.fromEntries(Object.entries(filter).filter(([name]) => !names.includes(name)))

/** The hazards of one's scope by the filters a phone needs; it grows while it is scrolled. */
export function ListScreen(): ReactNode {
  const filter = filterOf(usePlace().search)
  const change = (next: HazardFilter) => navigate(listAddress(next), true)
  return (
    <>
      <SearchBox filter={filter} onChange={change} />
      <Chips filter={filter} onChange={change} />
      <StateSelect filter={filter} onChange={change} />
      <OtherFilters filter={filter} onChange={change} />
      <Rows filter={filter} />
    </>
  )
}

interface FilterProps {
  readonly filter: HazardFilter
  onChange(filter: HazardFilter): void
}

function SearchBox({ filter, onChange }: FilterProps): ReactNode {
  const [text, setText] = useState(filter.text ?? '')
  const settled = useSettled(text.trim())
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address follows what is typed; the rest of the filter is read as it then stands
  useEffect(() => {
    if (settled !== (filter.text ?? ''))
      onChange({ ...without(filter, ['text']), ...(settled ? { text: settled } : {}) })
  }, [settled])
  return (
    <input
      type="search"
      aria-label="编号、单位、内容"
      placeholder="搜编号、单位、内容"
      maxLength={100}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  )
}

function Chips({ filter, onChange }: FilterProps): ReactNode {
  const held: Readonly<Record<string, unknown>> = filter
  return (
    <div className="p-chips" role="toolbar" aria-label="筛选">
      {chips.map(({ label, narrowing }) => {
        const entries = Object.entries(narrowing)
        const on = entries.every(([name, value]) => held[name] === value)
        const rest = without(filter, Object.keys(narrowing))
        return (
          <button
            key={label}
            type="button"
            className="p-chip"
            aria-pressed={on}
            onClick={() => onChange(on ? rest : { ...rest, ...narrowing })}
          >
            {label}
          </button>
        )
      })}
    </div>
  )
}

function StateSelect({ filter, onChange }: FilterProps): ReactNode {
  const { states = [] } = filter
  const choose = (value: string) => {
    const state = hazardStateIds.find((id) => id === value)
    onChange({ ...without(filter, ['states']), ...(state ? { states: [state] } : {}) })
  }
  return (
    <select
      aria-label="状态"
      value={states.length > 1 ? 'several' : (states[0] ?? '')}
      onChange={(event) => choose(event.target.value)}
    >
      <option value="">全部状态</option>
      {states.length > 1 && (
        <option value="several">{states.map((state) => hazardStates[state].label).join('、')}</option>
      )}
      {hazardStateIds.map((id) => (
        <option key={id} value={id}>
          {hazardStates[id].label}
        </option>
      ))}
    </select>
  )
}

/** Conditions a task or a notice opened the list with; each can be taken away. */
function OtherFilters({ filter, onChange }: FilterProps): ReactNode {
  const shown = chips.flatMap((chip) => Object.entries(chip.narrowing).map(([name, value]) => `${name}=${value}`))
  const others = Object.entries(filter).filter(
    ([name, value]) => !withControl.has(name) && !shown.includes(`${name}=${value}`),
  )
  if (others.length === 0) return null
  return (
    <div className="p-line">
      {others.map(([name, value]) => (
        <button key={name} type="button" className="p-chip" onClick={() => onChange(without(filter, [name]))}>
          {filterWords(HazardFilter, name, value, unnamed)} ×<span className="p-unseen">，点此去掉这个条件</span>
        </button>
      ))}
    </div>
  )
}

function Rows({ filter }: { filter: HazardFilter }): ReactNode {
  const answer = useAskPages(listHazards, filter, 20)
  const pages = answer.data?.pages ?? []
  const rows = pages.flatMap((page) => page.rows)
  if (answer.error && rows.length === 0) return <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />
  if (answer.isPending) return <Loading />
  if (rows.length === 0) {
    return Object.keys(filter).length > 0 ? (
      <EmptyNote why="没有符合条件的隐患" next="去掉一些条件再看" />
    ) : (
      <EmptyNote why="您的范围内还没有登记隐患" next="自查或检查发现隐患后，点下面的“登记”" />
    )
  }
  return (
    <Card title={`共${pages[0]?.total ?? 0}条`}>
      <ul className="p-items">
        {rows.map((row) => (
          <HazardItem key={row.id} row={row} />
        ))}
      </ul>
      <MorePages answer={answer} />
    </Card>
  )
}
