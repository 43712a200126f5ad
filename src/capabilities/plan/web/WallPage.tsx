import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import { useListSearch } from '#shell/table/list-search.ts'
import { withFilter } from '#shell/table/search.ts'
import type { Search } from '#shell/table/types.ts'
import { type ClauseState, clauseStateIds, clauseStates, type Tile, type WallAnswer, wall } from '../model/index.ts'
import { LimitBar, useLimitWords } from './LimitBar.tsx'
import './plan.css'
import { readWall } from './question.ts'
import { stateIcon } from './states.tsx'
import { TileCard } from './TileCard.tsx'

/** 条款墙: every measure, stage and safeguard of the plan as a tile with its state computed from records. */
export default function WallPage(): ReactNode {
  const today = useToday()
  const [search, setSearch] = useListSearch()
  const { limits, state } = readWall(search, today)
  const answer = useAsk(wall, limits, { keepPrevious: true })
  const change = (changes: Search) => setSearch(withFilter(search, changes))
  const stages = answer.data?.stages ?? []
  const limitWords = useLimitWords(limits, stages)
  const scope = limitWords ? `只看${limitWords}。` : ''
  return (
    <>
      <PageHeader
        title="条款墙"
        words={`截至 ${limits.asOf ?? today}。${scope}状态和数字由系统记录算出，统计您管辖范围内的事项；点开一项看条款、机制和记录。`}
        printable
      />
      <LimitBar limits={limits} stages={stages} onChange={change} />
      {answer.error ? (
        <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
      ) : answer.data ? (
        <Board data={answer.data} state={state} limits={limits} onState={(next) => change({ state: next })} />
      ) : (
        <Skeleton active paragraph={{ rows: 12 }} title={false} />
      )}
    </>
  )
}

interface BoardProps {
  readonly data: WallAnswer
  readonly state: ClauseState | undefined
  readonly limits: Search
  onState(state: ClauseState | undefined): void
}

function Board({ data, state, limits, onState }: BoardProps): ReactNode {
  const { tiles, actions } = data
  const shown = state ? tiles.filter((tile) => tile.state === state) : tiles
  if (tiles.length === 0) return <EmptyState why="没有符合条件的条款" next="请放宽或清除上面的条件" />
  const group = (title: string, of: readonly Tile[]) =>
    of.length > 0 && (
      <section key={title} aria-label={title}>
        <h2 className="plan-group">{title}</h2>
        <div className="plan-grid">
          {of.map((tile) => (
            <TileCard key={tile.id} tile={tile} search={limits} />
          ))}
        </div>
      </section>
    )
  const ofGroup = (...groups: Tile['group'][]) => shown.filter((tile) => groups.includes(tile.group))
  return (
    <>
      <div className="plan-states">
        {clauseStateIds.map((id) => (
          <StateButton
            key={id}
            id={id}
            n={tiles.filter((tile) => tile.state === id).length}
            chosen={state === id}
            onChoose={() => onState(state === id ? undefined : id)}
          />
        ))}
      </div>
      {group('总体', ofGroup('notice', 'goal'))}
      {actions.map(({ id, title }, at) =>
        group(
          `行动${at + 1}　${title}`,
          shown.filter((tile) => tile.action === id),
        ),
      )}
      {group('阶段', ofGroup('stage'))}
      {group('保障措施', ofGroup('safeguard'))}
      {shown.length === 0 && <EmptyState why={`没有“${state ? clauseStates[state].label : ''}”的项目`} />}
    </>
  )
}

interface StateButtonProps {
  readonly id: ClauseState
  readonly n: number
  readonly chosen: boolean
  onChoose(): void
}

/** How many tiles stand so; pressing it shows those alone. */
function StateButton({ id, n, chosen, onChoose }: StateButtonProps): ReactNode {
  const { label, meaning } = clauseStates[id]
  return (
    <Button
      icon={stateIcon(id)}
      type={chosen ? 'primary' : 'default'}
      aria-pressed={chosen}
      title={meaning}
      disabled={n === 0 && !chosen}
      onClick={onChoose}
    >
      {label} {n}
    </Button>
  )
}
