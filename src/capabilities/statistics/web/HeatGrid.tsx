import type { CSSProperties, ReactNode } from 'react'
import { colours } from '#shell/theme/tokens.ts'
import type { Measure } from '../model/index.ts'
import type { Grid, GridCell, GridRow } from './grid.ts'
import { NumberLink } from './NumberLink.tsx'

interface HeatGridProps {
  readonly grid: Grid
  readonly corner: string
  readonly measure: string
  readonly list: Measure['list']
}

const line = `1px solid ${colours.border}`
const box: CSSProperties = { border: line, padding: '4px 8px', textAlign: 'right', whiteSpace: 'nowrap' }
const headBox: CSSProperties = { ...box, background: colours.neutralGround, fontWeight: 600, textAlign: 'center' }
/** The first column stays while the others are scrolled: on a phone a number without its row says nothing. */
const stayBox: CSSProperties = { ...headBox, textAlign: 'left', position: 'sticky', insetInlineStart: 0, zIndex: 1 }

/** A plain table, so that it prints, can be copied into Excel and is read row by row by a screen reader. */
export function HeatGrid({ grid, corner, measure, list }: HeatGridProps): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section tabIndex={0} aria-label={`${measure}统计表`} style={{ overflowX: 'auto' }}>
      <table style={{ borderCollapse: 'collapse', width: '100%', background: colours.surface }}>
        <thead>
          <tr>
            <th scope="col" style={stayBox}>
              {corner}
            </th>
            {grid.head.map((column) => (
              <th key={column.key} scope="col" style={headBox}>
                {column.label}
              </th>
            ))}
            <th scope="col" style={headBox}>
              合计
            </th>
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row) => (
            <Line key={row.key} row={row} grid={grid} measure={measure} list={list} />
          ))}
        </tbody>
        <tfoot>
          <Line row={grid.foot} grid={grid} measure={measure} list={list} />
        </tfoot>
      </table>
    </section>
  )
}

function Line({ row, grid, measure, list }: { row: GridRow } & Omit<HeatGridProps, 'corner'>): ReactNode {
  return (
    <tr>
      <th scope="row" style={stayBox}>
        {row.label}
      </th>
      {row.cells.map((cell, at) => (
        <td key={cell.key} style={{ ...box, background: shadeOf(cell), fontWeight: row === grid.foot ? 600 : 400 }}>
          {(cell.n > 0 || cell.words.endsWith('%')) && (
            <NumberLink
              n={cell.n}
              words={cell.words}
              list={list}
              filter={cell.filter}
              label={`${row.label}、${grid.head[at]?.label ?? ''}${measure}`}
            />
          )}
        </td>
      ))}
      <td style={{ ...box, fontWeight: 600 }}>
        <NumberLink {...pick(row.total)} list={list} label={`${row.label}${measure}合计`} />
      </td>
    </tr>
  )
}

const pick = ({ n, words, filter }: GridCell) => ({ n, words, filter })

/** A tint of the house colour, never a risk colour; light enough that the link in it keeps its contrast. */
function shadeOf(cell: GridCell): string | undefined {
  return cell.n > 0 ? `rgba(11, 98, 92, ${(cell.shade * 0.22).toFixed(3)})` : undefined
}
