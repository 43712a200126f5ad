import { isDeepStrictEqual } from 'node:util'
import ExcelJS from 'exceljs'
import type { QueryContract } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import type { Lifecycle } from '#kernel/lifecycle.ts'
import type { Day } from '#kernel/time.ts'
import type { Answer } from '#test/kit/web.ts'
import type { Reading, Sides } from './reading.ts'
import type { Visitor } from './visitor.ts'
import type { World } from './world.ts'

/** A record as its page shows it. */
export interface Shown {
  readonly id: string
  readonly state: string
  readonly allowedActions: readonly { readonly action: string }[]
}

/** One person on one day, with what the page of permissions says of them and what the product shows them. */
export class Visit {
  readonly world: World
  readonly visitor: Visitor
  readonly reading: Reading
  readonly today: Day
  private readonly told = new Map<string, unknown>()
  /** Where page and product differ. */
  readonly wrong: string[] = []

  constructor(world: World, visitor: Visitor, reading: Reading, today: Day) {
    this.world = world
    this.visitor = visitor
    this.reading = reading
    this.today = today
  }

  same(what: string, shown: unknown, expected: unknown): void {
    if (isDeepStrictEqual(shown, expected)) return
    const words = (value: unknown) => JSON.stringify(value)?.slice(0, 600)
    this.wrong.push(`${what}: shown ${words(shown)}, expected ${words(expected)}`)
  }

  /** The same ids, in whatever order. */
  sameIds(what: string, shown: readonly { readonly id: string }[], expected: readonly { readonly id: string }[]): void {
    const ids = (rows: readonly { readonly id: string }[]) => rows.map((row) => row.id).sort()
    const [left, right] = [ids(shown), ids(expected)]
    if (isDeepStrictEqual(left, right)) return
    const extra = left.filter((id) => !right.includes(id))
    const missing = right.filter((id) => !left.includes(id))
    this.wrong.push(`${what}: ${left.length} shown, ${right.length} expected; too many ${extra}; missing ${missing}`)
  }

  /**
   * Asks; answers the body, or undefined when the person holds the permission nowhere and is told so. A refusal of any
   * other kind is a difference.
   */
  async ask(contract: QueryContract, input: object = {}): Promise<Answer['body']> {
    const { status, body } = await this.visitor.get(contract, input)
    const open = contract.permission === 'session' || this.reading.holds(contract.permission)
    const what = `${contract.id} ${JSON.stringify(input)}`
    this.same(`${what} answers`, [status, body.code], open ? [200, undefined] : [403, 'core.notAllowed'])
    return status === 200 ? body : undefined
  }

  /** Reads one record that stands in sight, or must look as one that never was. */
  async read(contract: QueryContract, id: string, seen: boolean): Promise<Answer['body']> {
    if (!this.reading.holds(contract.permission)) return undefined
    const answer = await this.visitor.get(contract, { id })
    if (seen) {
      this.same(`${contract.id} ${id} in sight`, [answer.status, answer.body.id], [200, id])
      return answer.body
    }
    const nobody = await this.nowhere(contract.id, () => this.visitor.get(contract, { id: newId(0) }))
    this.same(`${contract.id} ${id} out of sight`, withoutRequest(answer), nobody)
    this.same(`${contract.id} ${id} is not found`, answer.body.code, 'core.notFound')
    return undefined
  }

  /** What this person is told of something that never was, asked for once. */
  async nowhere(what: string, ask: () => Promise<Answer>): Promise<unknown> {
    const known = this.told.get(what) ?? withoutRequest(await ask())
    this.told.set(what, known)
    return known
  }

  /** The buttons of a record are what its state offers and the page lets this person do; and so is what they try without. */
  async buttons(lifecycle: Lifecycle<string, never>, record: Shown, sides: Sides): Promise<void> {
    const offered = lifecycle.transitions.filter(({ from }) => from.includes(record.state)).map(({ action }) => action)
    const contracts = this.world.actions.filter(({ id, internal }) => offered.includes(id) && !internal)
    const expected = contracts.filter(({ permission }) => this.reading.may(permission, sides)).map(({ id }) => id)
    this.same(`buttons of ${record.id}`, record.allowedActions.map(({ action }) => action).sort(), expected.sort())
  }

  /** Tries an action with a version that never fits: nothing is written, and the refusal tells what the grants allow. */
  async attempt(actionId: string, recordId: string, input: object, seen: boolean, sides: Sides): Promise<void> {
    const contract = this.world.actions.find(({ id }) => id === actionId)
    if (!contract) throw new Error(`no action ${actionId}`)
    const { body } = await this.visitor.act(contract, { recordId, version: 0, input })
    const may = this.reading.may(contract.permission, sides)
    const expected = !seen ? 'core.notFound' : may ? 'core.staleVersion' : 'core.notAllowed'
    this.same(`${actionId} on ${recordId}`, body.code, expected)
  }

  /** The first sheet of a download, its heading first, or undefined when it may not be taken out. */
  async sheet(contract: QueryContract, input: object): Promise<string[][] | undefined> {
    const body = await this.ask(contract, input)
    if (body === undefined) return undefined
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(body)
    const [sheet] = book.worksheets
    const rows: string[][] = []
    sheet?.eachRow((row) => {
      rows.push(Array.from({ length: sheet.columnCount }, (_, at) => row.getCell(at + 1).text))
    })
    return rows
  }

  /** What a taken-out list says under these headings, one line a row; undefined when it may not be taken out. */
  async lines(contract: QueryContract, input: object, ...headings: readonly string[]): Promise<string[] | undefined> {
    const sheet = await this.sheet(contract, input)
    if (!sheet) return undefined
    const [head = [], ...rows] = sheet
    const at = headings.map((heading) => head.indexOf(heading))
    if (at.includes(-1)) this.wrong.push(`${contract.id} has the columns ${head}, and not all of ${headings}`)
    return rows.map((cells) => at.map((column) => cells[column] ?? '').join(' '))
  }
}

/** What a refusal says, without the number under which this one request was logged. */
export function withoutRequest({ status, body }: Answer): unknown {
  return { status, body: { ...body, requestId: '' } }
}
