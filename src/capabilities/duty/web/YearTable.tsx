import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useNarrow } from '#shell/layout/narrow.ts'
import { type CalendarLine, type Cell, itemStates, quotaUnits } from '../model/index.ts'
import { isOverdue, stateIcons } from './words.tsx'

const months = Array.from({ length: 12 }, (_, at) => at + 1)

interface YearTableProps {
  readonly lines: readonly CalendarLine[]
  readonly year: number
}

/** A line per duty, its turns where they lie in the year; on a phone the turns one after the other. */
export function YearTable({ lines, year }: YearTableProps): ReactNode {
  if (useNarrow()) return lines.map((line) => <NarrowLine key={keyOf(line)} line={line} />)
  return (
    <div style={{ overflowX: 'auto' }}>
      <table className="zb-duty">
        <thead>
          <tr>
            <th scope="col">职责</th>
            <th scope="col">
              <div className="zb-duty-months" aria-hidden>
                {months.map((month) => (
                  <span key={month}>{month}月</span>
                ))}
              </div>
              <span className="zb-unseen">各周期的履行情况</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={keyOf(line)}>
              <th scope="row">
                <Title line={line} />
              </th>
              <td>
                <div className="zb-duty-months">
                  {line.cells.map((cell) => (
                    <Turn key={cell.id} cell={cell} line={line} place={placeIn(cell, year)} />
                  ))}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const keyOf = (line: CalendarLine) => `${line.rule} ${line.subjectName}`

function Title({ line }: { line: CalendarLine }): ReactNode {
  return (
    <>
      {line.title}
      <div className="zb-hint">
        {line.subjectName}　{line.clauses.join('、')}
      </div>
    </>
  )
}

function NarrowLine({ line }: { line: CalendarLine }): ReactNode {
  return (
    <section className="zb-duty-line">
      <Title line={line} />
      <div className="zb-duty-chips">
        {line.cells.map((cell) => (
          <Turn key={cell.id} cell={cell} line={line} />
        ))}
      </div>
    </section>
  )
}

/** From the month it begins to the month it ends, as far as they lie in the year. */
function placeIn({ startOn, endOn }: Cell, year: number): string {
  const first = startOn < `${year}-01-01` ? 1 : Number(startOn.slice(5, 7))
  const last = endOn > `${year}-12-31` ? 12 : Number(endOn.slice(5, 7))
  return `${first} / ${last + 1}`
}

function Turn({ cell, line, place }: { cell: Cell; line: CalendarLine; place?: string }): ReactNode {
  const { label } = itemStates[cell.state]
  const still = cell.state === 'notDue' || cell.state === 'exempt'
  const looks = ['zb-duty-cell', isOverdue(cell.state) ? 'zb-duty-over' : still ? 'zb-duty-still' : ''].join(' ')
  const much = `${cell.done}/${cell.quota}${quotaUnits[line.unit]}`
  return (
    <Link
      to={`/duties/items/${cell.id}` as string}
      className={looks}
      style={place ? { gridColumn: place } : {}}
      aria-label={`${line.title} ${line.subjectName} ${cell.label}：${label}，${much}，期限 ${cell.dueOn}`}
      title={`${cell.label}，期限 ${cell.dueOn}`}
    >
      <span>
        {stateIcons[cell.state]} {label}
      </span>
      <span>{cell.quota > 1 || cell.state === 'short' ? much : shortLabel(cell.label)}</span>
    </Link>
  )
}

/** The year stands above. */
const shortLabel = (label: string) => label.replace(/^\d{4}年(?=.)/, '')
