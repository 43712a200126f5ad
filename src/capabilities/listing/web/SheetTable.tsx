import type { CSSProperties, ReactNode } from 'react'
import { useNarrow } from '#shell/layout/narrow.ts'
import { colours } from '#shell/theme/tokens.ts'

/** Days are kept on one line; broken in two they are misread. */
export type SheetColumn<R> = readonly [title: string, of: (row: R, at: number) => ReactNode, oneLine?: true]

interface SheetTableProps<R> {
  readonly columns: readonly SheetColumn<R>[]
  readonly rows: readonly R[]
  rowKey(row: R): string
}

const box: CSSProperties = { border: `1px solid ${colours.border}`, padding: '6px 8px', textAlign: 'left' }

/** A list as it is hung up or handed in: ruled for A4, and cards on a phone. */
export function SheetTable<R>({ columns, rows, rowKey }: SheetTableProps<R>): ReactNode {
  if (useNarrow()) {
    return (
      <ul className="zb-cards">
        {rows.map((row, at) => (
          <li key={rowKey(row)} className="zb-card">
            <dl>
              {columns.map(([title, of]) => (
                <div key={title} style={{ display: 'contents' }}>
                  <dt>{title}</dt>
                  <dd>{of(row, at)}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    )
  }
  return (
    <table style={{ borderCollapse: 'collapse', width: '100%', background: colours.surface }}>
      <thead>
        <tr>
          {columns.map(([title]) => (
            <th key={title} scope="col" style={{ ...box, background: colours.neutralGround, whiteSpace: 'nowrap' }}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={rowKey(row)}>
            {columns.map(([title, of, oneLine]) => (
              <td key={title} style={oneLine ? { ...box, whiteSpace: 'nowrap' } : box}>
                {of(row, at)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
