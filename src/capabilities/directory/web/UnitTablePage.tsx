import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import type { CSSProperties, ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { ExportButton } from '#shell/table/ExportButton.tsx'
import { FilterBar } from '#shell/table/FilterBar.tsx'
import type { Search } from '#shell/table/types.ts'
import { useFilters } from '#shell/table/use-filters.ts'
import { formatNumber } from '#shell/text/format.ts'
import { colours } from '#shell/theme/tokens.ts'
import { countUnits, exportUnitCounts, type UnitCounts, UnitFilter } from '../model/index.ts'
import { unitControls, useUnitChoices } from './unit-filters.ts'
import { type GridCell, type GridRow, gridOf } from './unit-grid.ts'

/** 单位分布: how many units stand in which town and sector; every number opens the list of exactly these units. */
export default function UnitTablePage(): ReactNode {
  const filters = useFilters(UnitFilter, { controls: unitControls, choices: useUnitChoices() })
  const { filter } = filters.state
  const answer = useAsk(countUnits, filter, { keepPrevious: true })
  // Numbers of the filter before would open lists of the filter now.
  const table = answer.isPlaceholderData ? undefined : answer.data
  return (
    <>
      <PageHeader
        title="单位分布"
        words="您管辖范围内的单位和场所。一个单位属于几个行业领域的，在每个行业各计一次，乡镇的合计和总数只计一次。点击数字打开清单"
        actions={<ExportButton contract={exportUnitCounts} input={filter} label="导出" />}
        printable
      />
      <FilterBar {...filters} />
      {answer.error ? (
        <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
      ) : !table ? (
        <Skeleton active paragraph={{ rows: 8 }} title={false} />
      ) : table.total === 0 ? (
        <EmptyState why="在所选范围内没有单位" next="可以清除上面的条件，或先登记、导入单位" />
      ) : (
        <>
          <p role="status">
            共 <Count n={table.total} filter={filter} label="全部" /> 家，其中高危{' '}
            <Count n={table.highRisk} filter={{ ...filter, highRisk: true }} label="高危" /> 家
          </p>
          <Grid table={table} filter={filter} />
        </>
      )}
    </>
  )
}

const line = `1px solid ${colours.border}`
const box: CSSProperties = { border: line, padding: '4px 8px', textAlign: 'right', whiteSpace: 'nowrap' }
const headBox: CSSProperties = { ...box, background: colours.neutralGround, fontWeight: 600, textAlign: 'center' }
/** A sector's long name breaks in its narrow column, so that the county fits on one sheet. */
const columnBox: CSSProperties = { ...headBox, whiteSpace: 'normal', minWidth: '3.4em', verticalAlign: 'bottom' }
const sumBox: CSSProperties = { ...box, fontWeight: 600 }
const stayBox: CSSProperties = { ...headBox, textAlign: 'left', position: 'sticky', insetInlineStart: 0, zIndex: 1 }

/** A plain table, so that it prints, can be copied into Excel and is read row by row by a screen reader. */
function Grid({ table, filter }: { table: UnitCounts; filter: Search }): ReactNode {
  const grid = gridOf(table, filter)
  const most = Math.max(1, ...table.cells.map((cell) => cell.n))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section tabIndex={0} aria-label="单位分布表" style={{ overflowX: 'auto' }}>
      <table style={{ borderCollapse: 'collapse', background: colours.surface }}>
        <thead>
          <tr>
            <th scope="col" style={stayBox}>
              {grid.corner}
            </th>
            <th scope="col" style={headBox}>
              合计
            </th>
            {grid.head.map(({ key, name }) => (
              <th key={key} scope="col" style={columnBox}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row) => (
            <Line key={row.key} row={row} most={most} />
          ))}
        </tbody>
        <tfoot>
          <Line row={grid.foot} most={0} />
        </tfoot>
      </table>
    </section>
  )
}

function Line({ row, most }: { row: GridRow; most: number }): ReactNode {
  return (
    <tr>
      <th scope="row" style={stayBox}>
        {row.name}
      </th>
      <td style={sumBox}>
        <Count {...row.total} />
      </td>
      {row.cells.map(({ key, ...cell }) => (
        <td key={key} style={most > 0 ? { ...box, background: shade(cell.n / most) } : sumBox}>
          {(cell.n > 0 || most === 0) && <Count {...cell} />}
        </td>
      ))}
    </tr>
  )
}

/** A tint of the house colour, never a risk colour; the root keeps small numbers apart beside a large one. */
const shade = (share: number) => (share > 0 ? `rgba(11, 98, 92, ${(Math.sqrt(share) * 0.22).toFixed(3)})` : undefined)

function Count({ n, filter, label }: Omit<GridCell, 'key'>): ReactNode {
  if (n === 0) return <span>0</span>
  return (
    <Link to={'/units' as string} search={filter as never} aria-label={`${label} ${n} 家，打开清单`} preload={false}>
      {formatNumber(n)}
    </Link>
  )
}
