/** One line of the result: what was measured beside what it is compared with, in the same run on the same machine. */
export interface Row {
  readonly id: string
  readonly title: string
  readonly measured: string
  readonly floor: string
  /** measured ÷ floor in the direction the aim is written in; null when the row is a plain figure. */
  readonly ratio: number | null
  readonly aim: string
  readonly met: boolean
  /** An answer that was wrong, however fast it came: the run then fails. */
  readonly wrong?: string
  /** Everything behind the row, for the JSON. */
  readonly figures: Readonly<Record<string, unknown>>
}

const wide = /[\u1100-\uffdf]/
const width = (text: string) => Array.from(text).reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0)
const pad = (text: string, to: number) => text + ' '.repeat(Math.max(0, to - width(text)))

/** The rows as a table for people. */
export function table(rows: readonly Row[]): string {
  const head = ['', 'row', 'measured', 'floor', 'ratio', 'aim', '']
  const lines = rows.map((row) => [
    row.id,
    row.title,
    row.measured,
    row.floor,
    row.ratio === null ? '–' : row.ratio.toPrecision(3),
    row.aim,
    row.met ? 'met' : 'short',
  ])
  const widths = head.map((_, at) => Math.max(...[head, ...lines].map((line) => width(line[at] ?? ''))))
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, at) => pad(cell, widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export const perSecond = (value: number) => `${value.toPrecision(3)}/s`
export const ms = (value: number) => `${value.toPrecision(3)} ms`
