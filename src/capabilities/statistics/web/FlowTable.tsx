import { Card } from 'antd'
import type { CSSProperties, ReactNode } from 'react'
import { colours } from '#shell/theme/tokens.ts'
import { NumberLink } from './NumberLink.tsx'
import { type FlowKey, type FlowMonth, flowKeys, flowNames } from './trend-option.ts'

const box: CSSProperties = {
  border: `1px solid ${colours.border}`,
  padding: '4px 8px',
  textAlign: 'right',
  whiteSpace: 'nowrap',
}
const headBox: CSSProperties = { ...box, background: colours.neutralGround, textAlign: 'center' }
/** The month stays while the others are scrolled on a phone. */
const monthBox: CSSProperties = { ...headBox, position: 'sticky', insetInlineStart: 0, zIndex: 1 }
/** Columns that are empty most years are shown only when a month needs them to add up. */
const rare: readonly FlowKey[] = ['restored', 'adjustedIn', 'adjustedOut']

/** The numbers of the charts, for those who cannot see or point at them; each opens its list. The latest month first. */
export function FlowTable({ months }: { months: readonly FlowMonth[] }): ReactNode {
  const keys = flowKeys.filter((key) => !rare.includes(key) || months.some((month) => month[key].n > 0))
  return (
    <Card size="small" style={{ marginTop: 16 }} title="每月数字（期初＋增加－减少＝期末）">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <section tabIndex={0} aria-label="每月数字" style={{ overflowX: 'auto' }}>
        <table style={{ borderCollapse: 'collapse', width: '100%', maxWidth: 960, background: colours.surface }}>
          <thead>
            <tr>
              <th scope="col" style={monthBox}>
                月份
              </th>
              {keys.map((key) => (
                <th key={key} scope="col" style={headBox}>
                  {flowNames[key]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...months].reverse().map((month) => (
              <tr key={month.month}>
                <th scope="row" style={monthBox}>
                  {month.month}
                </th>
                {keys.map((key) => (
                  <td key={key} style={box}>
                    <NumberLink {...month[key]} label={`${month.month}${flowNames[key]}`} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  )
}
