import { CompiledQuery, sql } from 'kysely'
import type { Tx } from '../db/tables.ts'
import { ahead } from '../db/wire.ts'
import type { Insert, Removal, Row, Update, Write } from './writes.ts'

/**
 * The writes of many actions on records that all come into being in one transaction, held back and then sent as one
 * statement for each table. What is held back cannot be read: an action within a gathering must not ask the database for
 * what one before it has written. An action's own record is handed on by its chain.
 */
export class Gathering {
  readonly #kept: Part[] = []
  readonly #numbers = new Map<string, Block>()
  readonly #expected: number

  /** `expected`: about how many records come into being; so many numbers are drawn at a time. */
  constructor(expected: number) {
    this.#expected = Math.max(1, expected)
  }

  /** The writes of actions that stand or fall together: what is not kept in the end is not written. */
  part(): Part {
    return new Part(this)
  }

  keep(part: Part): void {
    this.#kept.push(part)
  }

  /** The next number of a sequence, in the order in which they are asked for. What is not used leaves a gap. */
  async number(tx: Tx, sequence: string): Promise<number> {
    let block = this.#numbers.get(sequence)
    if (!block || block.used === this.#expected) {
      block = { used: 0, drawn: draw(tx, sequence, this.#expected) }
      this.#numbers.set(sequence, block)
    }
    const at = block.used++
    return (await block.drawn)[at] ?? Number.NaN
  }

  /** Writes what was kept. None is waited for: a failure is that of the statement that follows, at the latest the commit. */
  async send(tx: Tx): Promise<void> {
    const together = new Map<string, Insert>()
    for (const insert of this.#kept.splice(0).flatMap((part) => part.inserts)) {
      const key = `${insert.into}|${Object.keys(insert.rows[0] ?? {})}|${insert.end ?? ''}`
      const known = together.get(key)
      together.set(key, known ? { ...known, rows: [...known.rows, ...insert.rows] } : insert)
    }
    for (const insert of together.values()) {
      if (insert.rows.length > 0) await tx.executeQuery(CompiledQuery.raw(...listText(insert)))
    }
  }
}

interface Block {
  used: number
  readonly drawn: Promise<readonly number[]>
}

async function draw(tx: Tx, sequence: string, count: number): Promise<number[]> {
  const { rows } = await sql<{ n: number }>`
    select nextval(${sql.lit(sequence)}) as n from generate_series(1, ${count})`.execute(tx)
  return rows.map(({ n }) => n)
}

export class Part {
  readonly gathering: Gathering
  #inserts: Insert[] = []

  constructor(gathering: Gathering) {
    this.gathering = gathering
  }

  get inserts(): readonly Insert[] {
    return this.#inserts
  }

  /** Takes writes over. What changes a row that was only just inserted becomes part of its insertion. */
  add(writes: readonly Write[]): void {
    for (const write of writes) {
      if ('into' in write) this.#inserts.push(write)
      else if ('update' in write) this.#change(write)
      else if ('remove' in write) this.#remove(write)
      else throw new Error(`${write.name} is no data and cannot be gathered`)
    }
  }

  #change({ name, update, key, set, around }: Update): void {
    let changed = 0
    this.#inserts = this.#inserts.map((insert) => {
      if (insert.into !== update || !insert.rows.some((row) => has(row, key))) return insert
      if (Object.keys(around ?? {}).some((column) => !insert.around?.[column])) throw new Error(`${name} says more`)
      const rows = insert.rows.map((row) => (has(row, key) ? { ...row, ...set } : row))
      changed += 1
      return { ...insert, rows }
    })
    if (changed === 0) throw new Error(`${name} changes what did not come into being in this gathering`)
  }

  /** Also those that are to be kept: what keeps them is the insertion that follows, and none may write a row twice. */
  #remove({ remove, key }: Removal): void {
    this.#inserts = this.#inserts.map((insert) =>
      insert.into === remove ? { ...insert, rows: insert.rows.filter((row) => !has(row, key)) } : insert,
    )
  }
}

const has = (row: Row, key: Row) => Object.entries(key).every(([column, value]) => row[column] === value)

/** In the JSON of a row, where a column that is not stored as it is given lies aside. */
const aside = (column: string) => `~${column}`

/** One statement for however many rows: they come as one value, so its text is always the same and it stays prepared. */
function listText(insert: Insert): [text: string, values: unknown[]] {
  const { name, into, rows, around = {}, json = [], end = '', behind } = insert
  const columns = Object.keys(rows[0] ?? {})
  const values = columns.map((column) => around[column]?.replace('?', `e ->> '${aside(column)}'`) ?? `r.${column}`)
  const text = `insert into ${into} (${columns.join(', ')}) select ${values.join(', ')}
    from json_array_elements($1::json) e, json_populate_record(null::${into}, e) r ${end}`
  const written = rows.map((row) => rowJson(row, columns, { around, json }))
  const whole = behind ? `with ${name} as (${text}), ${behind.name} as (${behind.text}) select` : text
  return [`${whole}${ahead}`, [`[${written.join(',')}]`]]
}

function rowJson(row: Row, columns: readonly string[], { around, json }: Required<Pick<Insert, 'around' | 'json'>>) {
  const fields = columns.map((column) => {
    const value = row[column]
    const key = JSON.stringify(around[column] ? aside(column) : column)
    return `${key}:${json.includes(column) ? (value ?? 'null') : valueJson(value)}`
  })
  return `{${fields.join(',')}}`
}

function valueJson(value: unknown): string {
  if (value === undefined) return 'null'
  if (value instanceof Buffer) return `"\\\\x${value.toString('hex')}"`
  // Half of a character is kept as the driver would send it, not as an escape that the database refuses.
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed())
  return JSON.stringify(value)
}
