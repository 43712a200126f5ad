import { Link } from '@tanstack/react-router'
import type { CSSProperties, ReactNode } from 'react'
import { colours } from '#shell/theme/tokens.ts'
import type { LedgerOverview } from '../../model/index.ts'
import { counted, doneOf, shareOf } from '../numbers/bars.tsx'
import type { LedgerLine } from './line.ts'

const box: CSSProperties = {
  border: `1px solid ${colours.border}`,
  padding: '4px 6px',
  textAlign: 'center',
  whiteSpace: 'nowrap',
}
const head: CSSProperties = { ...box, background: colours.neutralGround, fontWeight: 600 }
const stay: CSSProperties = {
  ...head,
  textAlign: 'left',
  position: 'sticky',
  insetInlineStart: 0,
  zIndex: 1,
  whiteSpace: 'normal',
  minWidth: 180,
}

/** Ledgers × towns: done/due in each, 零 where somebody answers for it that there is nothing, a blank where nobody does. */
export function LedgerHeat({
  lines,
  areas,
}: {
  lines: readonly LedgerLine[]
  areas: LedgerOverview['areas']
}): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section tabIndex={0} aria-label="台账按乡镇" style={{ overflowX: 'auto' }}>
      <table style={{ borderCollapse: 'collapse', width: '100%', background: colours.surface }}>
        <thead>
          <tr>
            <th scope="col" style={stay}>
              台账（办结/应办）
            </th>
            {areas.map(({ area, name }) => (
              <th key={area} scope="col" style={head}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <th scope="row" style={{ ...stay, fontWeight: 400 }}>
                <Link to={`/ledgers/${line.id}` as string}>{line.title}</Link>
              </th>
              {line.areas.map((cell) => (
                <td
                  key={cell.area}
                  style={{ ...box, background: shadeOf(cell), fontWeight: cell.missed > 0 ? 700 : 400 }}
                >
                  <Cell line={line} cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="zb-line">“零”为已确认没有；空白为没有登记也没有确认；加粗的有逾期未完成。</p>
    </section>
  )
}

type AreaCell = LedgerLine['areas'][number]

function Cell({ line, cell }: { line: LedgerLine; cell: AreaCell }): ReactNode {
  if (cell.due === 0) return cell.zero ? '零' : null
  return (
    <Link to={`/ledgers/${line.id}` as string} search={{ area: cell.area, ...counted } as never} preload={false}>
      {doneOf(cell)}/{cell.due}
    </Link>
  )
}

/** A tint of the house colour, never a risk colour; light enough that the link in it keeps its contrast. */
function shadeOf(cell: AreaCell): string | undefined {
  const share = shareOf(cell)
  return share === null ? undefined : `rgba(11, 98, 92, ${(0.03 + share * 0.2).toFixed(3)})`
}
