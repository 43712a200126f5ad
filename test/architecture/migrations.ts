import { readSources, type Source } from './source.ts'

/** Migrations before the first release were not held to what follows: no process of an older version can meet them. */
export const firstHeld = '20261125190000'

export const readMigrations = (): Source[] => readSources(['db/migrations'], /\.sql$/)

export const isHeld = ({ path }: Source) => (path.split('/').at(-1) ?? '') >= firstHeld

interface Rule {
  /** What is said of the statement. */
  readonly fault: string
  readonly found: RegExp
  /** It is no fault on a table that the same file has made: nobody uses it yet. */
  readonly freshIsFine?: boolean
}

const column = String.raw`(?:column\s+)?(?:if\s+not\s+exists\s+)?`
const added = String.raw`\badd\s+${column}(?!constraint\b|primary\b|unique\b|check\b|foreign\b|exclude\b)\w+\s`
/** Up to the next part of the same `alter table`. */
const part = String.raw`(?:[^,(]|\([^)]*\))*`

/** What the version before would stumble over, and what keeps a large table locked while it is done. */
const rules: readonly Rule[] = [
  {
    fault: 'drops what the version before may still use',
    found: /\bdrop\s+(table|view|column|type|sequence|function)\b/,
  },
  { fault: 'drops a constraint', found: /\bdrop\s+constraint\b/ },
  { fault: 'renames', found: /\brename\b/ },
  { fault: 'changes a type', found: /\balter\s+(column\s+)?\w+\s+(set\s+data\s+)?type\b/ },
  { fault: 'takes a default away', found: /\bdrop\s+default\b/ },
  { fault: 'demands a value of a column that is there', found: /\bset\s+not\s+null\b/, freshIsFine: true },
  {
    fault: 'adds a column that must have a value and has no default',
    found: new RegExp(String.raw`${added}(?!${part}\bdefault\b)${part}\bnot\s+null\b`),
    freshIsFine: true,
  },
  {
    fault: 'adds a column whose value is made for every row, which writes the table anew',
    found: new RegExp(
      String.raw`${added}${part}(\bgenerated\b|\bdefault\s+(random|clock_timestamp|gen_random_uuid|nextval)\b)`,
    ),
    freshIsFine: true,
  },
  {
    fault: 'adds a key that the table is locked for; make its index concurrently and add it using that',
    found: /\badd\s+(constraint\s+\w+\s+)?(unique|primary\s+key)\b(?!\s+using\s+index\b)/,
    freshIsFine: true,
  },
  {
    fault: 'adds a condition that every row is looked at for; add it not valid and validate it in a later file',
    found: new RegExp(
      String.raw`\badd\s+(constraint\s+\w+\s+)?(check|foreign\s+key|exclude)\b(?!${part}\bnot\s+valid\b)`,
    ),
    freshIsFine: true,
  },
  {
    fault: 'makes an index that writers wait for; make it concurrently',
    found: /\bcreate\s+(unique\s+)?index\s+(?!concurrently\b)/,
    freshIsFine: true,
  },
  {
    fault: 'locks or rewrites a whole table',
    found: /\b(truncate|cluster|lock\s+table|vacuum\s+full|reindex(?!.*concurrently))\b/,
  },
]

/** The statements of a file in lower case, without comments and with empty texts: only their form counts. */
function statementsOf(text: string): string[] {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, ' ')
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/\$(\w*)\$[\s\S]*?\$\1\$/g, "''")
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .toLowerCase()
    .split(';')
    .map((statement) => statement.replaceAll(/\s+/g, ' ').trim())
    .filter((statement) => statement !== '')
}

const table = /\b(?:alter\s+table|create\s+table|on)\s+(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?"?(\w+)"?/

/** Its first comment says that it is rolled out with all processes stopped, and why; or since when nothing uses what it drops. */
const saysStop = (text: string) => /^-- *stop: *\S/.test(text)
const saysUnused = (text: string) => /^-- *unused since +\S/.test(text)

/** What of a migration is not safe beside the version before, one line for each statement and rule. */
export function migrationFaults({ path, text }: Source): string[] {
  if (saysStop(text)) return []
  const statements = statementsOf(text)
  const fresh = new Set(
    statements.flatMap((one) => (one.startsWith('create table') ? (table.exec(one)?.[1] ?? []) : [])),
  )
  const name = path.split('/').at(-1) ?? path
  const faults = statements.flatMap((statement) => {
    const mine = fresh.has(table.exec(statement)?.[1] ?? '')
    return rules
      .filter(({ found, freshIsFine }) => !(mine && freshIsFine) && found.test(statement))
      .filter(({ found }) => !(saysUnused(text) && found === rules[0]?.found))
      .map(({ fault }) => `${name} ${fault}: ${statement.slice(0, 80)}`)
  })
  const apart = statements.filter((statement) => /\bconcurrently\b/.test(statement))
  if (apart.length > 0 && apart.length < statements.length) {
    faults.push(`${name} does something beside its concurrent indexes, which are made outside of a transaction`)
  }
  const made = apart.flatMap((statement) => /create (?:unique )?index concurrently (\w+)/.exec(statement)?.[1] ?? [])
  for (const index of made) {
    if (!statements.includes(`drop index concurrently if exists ${index}`)) {
      faults.push(`${name} cannot be repeated: drop index concurrently if exists ${index} first`)
    }
  }
  return faults
}
