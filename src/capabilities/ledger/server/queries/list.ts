import { type RawBuilder, sql } from 'kysely'
import type { CodeKind } from '#kernel/list/filter.ts'
import { parseInput } from '#kernel/parse.ts'
import type { Reader } from '#platform/db/tables.ts'
import { listDownload, listSource } from '#platform/list/list-download.ts'
import type { ExportDesk, QueryContext, RegisteredDownload } from '#platform/module/module.ts'
import {
  askedOf,
  computedOf,
  exportItems,
  exportOf,
  type Field,
  type Ledger,
  type LedgerFilter,
  type LedgerItem,
  type LedgerRow,
  latenessOf,
  ledgerItemExport,
  stateOf,
} from '../../model/index.ts'
import { findLedger, getLedgerOf, type LedgerDeps } from '../deps.ts'
import { itemColumns, itemOf } from '../store.ts'
import { lastFreezes } from '../store-words.ts'
import type { ItemRow } from '../tables.ts'
import { conditionOf, type StockDays } from './condition.ts'

const columns = sql.raw(itemColumns.map((column) => `i.${column}`).join(', '))

/** The day of the stock of each ledger that has one: as frozen, else as the pack says. */
export async function stockDaysOf(
  deps: LedgerDeps,
  { db, county }: Pick<QueryContext, 'db' | 'county'>,
): Promise<StockDays> {
  const frozen = await lastFreezes(db, county)
  const days = new Map<string, string>()
  for (const { id, population } of deps.ledgers) {
    const day = frozen.get(id)?.frozenOn ?? population.stock
    if (day) days.set(id, day)
  }
  return days
}

const orders: Readonly<Record<string, RawBuilder<unknown>>> = {
  name: sql`i.title, i.id`,
  '-name': sql`i.title desc, i.id`,
  due: sql`i.due_on nulls last, i.id`,
  '-due': sql`i.due_on desc nulls last, i.id`,
  done: sql`i.done_on nulls last, i.id`,
  '-done': sql`i.done_on desc nulls last, i.id`,
  listed: sql`i.listed_on, i.id`,
  '-listed': sql`i.listed_on desc, i.id`,
}

/** What is to be done first, of these what is due first; an index has this order. */
const usual = sql`i.rank, i.due_on, i.id`

type Question = LedgerFilter & Readonly<Record<string, unknown>>

async function listed(deps: LedgerDeps, context: QueryContext, question: Question, sort: string | undefined) {
  const ledger = question.ledger === undefined ? undefined : getLedgerOf(deps, question.ledger)
  const stock = await stockDaysOf(deps, context)
  const where = conditionOf(context, question, ledger, stock)
  const order = sort !== undefined && Object.hasOwn(orders, sort) ? (orders[sort] ?? usual) : usual
  return { where, stock, question: sql<ItemRow>`select ${columns} from ledger_item i where ${where} order by ${order}` }
}

export async function pageOfItems(
  deps: LedgerDeps,
  context: QueryContext,
  asked: Question & { readonly page: number; readonly size: number; readonly sort?: string | undefined },
) {
  const { page, size, sort, ...filter } = asked
  const { where, stock, question } = await listed(deps, context, filter, sort)
  const found = await sql<ItemRow>`${question} limit ${size} offset ${(page - 1) * size}`.execute(context.db)
  const total = await sql<{ n: number }>`select count(*) as n from ledger_item i where ${where}`.execute(context.db)
  const rows = await rowsOf(deps, context, found.rows.map(itemOf), stock)
  return { rows, total: total.rows[0]?.n ?? 0 }
}

const isCoded = (field: Field): field is Field & { type: CodeKind } =>
  field.type === 'area' || field.type === 'body' || field.type === 'sector' || field.type === 'unit'

/** Names of the units that fields point at. */
async function unitNames(db: Reader, county: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const result = await sql<{ id: string; name: string }>`
    select id, name from unit where county = ${county} and id = any(${[...ids]}::uuid[])`.execute(db)
  return new Map(result.rows.map((row) => [row.id, row.name]))
}

/** Items as lists, files and pages show them, with the names of their codes and what rules make of them. */
export async function rowsOf(
  deps: LedgerDeps,
  context: QueryContext,
  items: readonly LedgerItem[],
  stock: StockDays,
): Promise<LedgerRow[]> {
  const coded = (item: LedgerItem) => findLedger(deps, item.ledger)?.fields.filter(isCoded) ?? []
  const pointed = items.flatMap((item) =>
    coded(item).flatMap(({ id, type }) =>
      type === 'unit' && typeof item.fields[id] === 'string' ? [String(item.fields[id])] : [],
    ),
  )
  const units = await unitNames(context.db, context.county, pointed)
  return items.map((item) => {
    const names: Record<string, string> = {}
    for (const { id, type } of coded(item)) {
      const code = item.fields[id]
      if (typeof code === 'string')
        names[code] =
          type === 'unit' ? (units.get(code) ?? '已不在名录中的单位') : nameOf(deps, context.county, type, code)
    }
    return { ...rowOf(deps, context, item, stock), names }
  })
}

function nameOf({ directory }: LedgerDeps, county: string, kind: 'area' | 'body' | 'sector', code: string): string {
  if (kind === 'area') return directory.areaName(county, code)
  return kind === 'body' ? directory.bodyName(county, code) : directory.sectorName(county, code)
}

function rowOf(
  deps: LedgerDeps,
  { county, today }: QueryContext,
  item: LedgerItem,
  stock: StockDays,
): Omit<LedgerRow, 'names'> {
  const ledger = findLedger(deps, item.ledger)
  const { directory } = deps
  const day = stock.get(item.ledger)
  return {
    id: item.id,
    version: item.version,
    ledgerId: item.ledger,
    ledgerTitle: ledger?.title ?? item.ledger,
    title: item.title,
    state: item.state,
    stateLabel: ledger ? stateOf(ledger, item.state).label : item.state,
    stateType: item.stateType,
    area: item.area,
    areaName: directory.areaName(county, item.area),
    sectorName: item.sector === null ? null : directory.sectorName(county, item.sector),
    bodyName: directory.bodyName(county, item.bodyId),
    unitId: item.unitId,
    unitName: item.unitName,
    listedOn: item.listedOn,
    stock: day === undefined ? null : item.listedOn <= day,
    dueOn: item.dueOn,
    doneOn: item.doneOn,
    lateness: latenessOf(item, today),
    fields: { ...item.fields },
    computed: ledger ? computedWords(ledger, item, today) : {},
  }
}

function computedWords(ledger: Ledger, item: LedgerItem, today: string): LedgerRow['computed'] {
  const asked = askedOf(item, today)
  const words: LedgerRow['computed'] = {}
  for (const computed of ledger.computed) {
    const found = computedOf(computed, asked)
    if (found) words[computed.id] = { words: found.words, warns: found.warns === true }
  }
  return words
}

/** The export of one ledger with its own columns, or of items of all of them. */
export function itemsDownload(deps: LedgerDeps, desk: ExportDesk): RegisteredDownload {
  return {
    contract: exportItems,
    async open(context, input) {
      const { ledger } = parseInput(exportItems.input, input)
      const { list } = ledger === undefined ? ledgerItemExport : exportOf(getLedgerOf(deps, ledger))
      const exporting = { list, contract: exportItems }
      const registered = listDownload(exporting, desk, async (asking, filter, sort) => {
        const asked: Question = { ...filter, ...(ledger === undefined ? {} : { ledger }) }
        const { question, stock } = await listed(deps, asking, asked, sort)
        return listSource(question, (rows) => rowsOf(deps, asking, rows.map(itemOf), stock))
      })
      return registered.open(context, input)
    },
  }
}
