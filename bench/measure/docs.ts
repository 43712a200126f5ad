import type { Row } from './report.ts'

/** What a run writes with `--json`, as far as people are told of it. */
export interface Result {
  readonly at: string
  readonly quick: boolean
  readonly machine: {
    readonly cpu: string | undefined
    readonly cores: number
    readonly memoryGiB: number
    readonly node: string
  }
  readonly sizes: {
    readonly large: { readonly hazards: number; readonly units: number }
    readonly ledger: number
  }
  readonly rows: readonly Row[]
}

const begin = '<!-- bench: written by `npm run bench -- --write-docs` -->'
const end = '<!-- /bench -->'

const cell = (text: string) => text.replaceAll('|', '\\|')

/** The figures of a run as the operating manual shows them: what was measured, beside its floor, met or short. */
export function capacityTable({ at, machine, sizes, rows }: Result): string {
  const { hazards, units } = sizes.large
  const count = (n: number) => n.toLocaleString('en-US')
  const head = [
    `Measured ${at.slice(0, 10)} on ${machine.cores} cores (${machine.cpu?.trim() ?? 'unknown'}), ${machine.memoryGiB.toFixed(0)} GiB, Node ${machine.node};`,
    `${count(hazards)} hazards over ${count(units)} units, embedded database, server, database and clients on this one machine.`,
  ].join('\n')
  const lines = rows.map(({ id, title, measured, floor, ratio, aim, met }) =>
    [id, title, measured, floor, ratio === null ? '–' : ratio.toPrecision(3), aim, met ? 'met' : '**short**'].map(cell),
  )
  const table = [
    ['', 'what', 'measured', 'floor', 'ratio', 'aim', ''],
    Array.from({ length: 7 }, () => '---'),
    ...lines,
  ]
  return `${head}\n\n${table.map((row) => `| ${row.join(' | ')} |`).join('\n')}`
}

/** The manual with the figures of this run in the place of those it had. A quick run says nothing about speed. */
export function withCapacity(manual: string, result: Result): string {
  if (result.quick) throw new Error('the figures of a --quick run do not belong in the manual')
  const [from, to] = [manual.indexOf(begin), manual.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`the manual has no place for the figures: ${begin} … ${end}`)
  return `${manual.slice(0, from + begin.length)}\n\n${capacityTable(result)}\n\n${manual.slice(to)}`
}
