import type { UnitFacts } from '#capabilities/directory/model/index.ts'
import { nameKey } from '#kernel/chinese/text.ts'
import { refuse } from '#kernel/errors.ts'
import type { Actor, Facets } from '#kernel/grants.ts'
import type { Day } from '#kernel/time.ts'
import type { Reader } from '#platform/db/tables.ts'
import type { Parameters } from '#platform/parameters/parameters.ts'
import {
  actsAs,
  checkFields,
  ledgerErrors as e,
  keyOf,
  type Ledger,
  type LedgerItem,
  type Lookup,
  proposeLedgerColumns,
  sheetFields,
} from '../../model/index.ts'
import { getLedgerOf, type LedgerDeps, type UploadedSheet } from '../deps.ts'
import { type Place, placed } from '../placing.ts'
import { itemFacets } from '../record-types.ts'
import { knownKeys } from '../store.ts'
import { unitsNamed } from '../store-units.ts'
import { type LedgerRowInput, readLedgerRow } from './row.ts'

/** Who reads a sheet, when, and by which parameters. */
export interface Reading {
  readonly reader: Reader
  readonly county: string
  readonly actor: Actor
  readonly today: Day
  readonly parameters: Parameters
  can(facets: Facets): boolean
}

export interface OpenSheet {
  readonly ledger: Ledger
  readonly sheet: UploadedSheet
  readonly columns: ReadonlyMap<string, number>
}

/** The caller's sheet with its columns found; one without the columns a row cannot do without is refused. */
export async function openSheet(
  deps: LedgerDeps,
  reading: Reading,
  ledgerId: string,
  uploadId: string,
): Promise<OpenSheet> {
  const ledger = getLedgerOf(deps, ledgerId)
  const maxRows = reading.parameters.number('import.maxRows', reading.today)
  const sheet = await deps.readSheet(uploadId, reading.actor.accountId, {
    maxRows,
    knows: (cells) => proposeLedgerColumns(ledger, cells).size,
    tooLong: () =>
      refuse(e.tooLong, { detail: `表中超过${maxRows}行，一次最多导入${maxRows}行，请拆成几个文件分别导入` }),
  })
  if (!sheet) return refuse(e.unreadable)
  const columns = proposeLedgerColumns(ledger, sheet.header)
  const missing = sheetFields(ledger).filter(({ name, required }) => required && !columns.has(name))
  if (missing.length > 0) {
    refuse(e.noColumns, {
      detail: `表头中没有找到：${missing.map(({ title }) => title).join('、')}。请用导入模板填写，或核对表头名称`,
    })
  }
  return { ledger, sheet, columns }
}

/** A row as it would be entered, or why not; `known` when the ledger has the item already. */
export type PlannedRow = { readonly row: number; readonly name: string } & (
  | { readonly kind: 'ready'; readonly input: LedgerRowInput; readonly key: string }
  | { readonly kind: 'known' }
  | { readonly kind: 'faulty'; readonly reason: string }
)

/** Reads rows of a sheet against the ledger, the directory, the caller's reach and what is there already. Writes nothing. */
export async function planRows(
  deps: LedgerDeps,
  reading: Reading,
  { ledger, columns }: OpenSheet,
  rows: OpenSheet['sheet']['rows'],
): Promise<PlannedRow[]> {
  const unitCells = sheetFields(ledger)
    .filter(({ name, field }) => name === 'unit' || field?.type === 'unit')
    .flatMap(({ name }) => columns.get(name) ?? [])
  const names = rows.flatMap(({ cells }) => unitCells.map((at) => cells[at] ?? '').filter(Boolean))
  const units = await unitsNamed(reading.reader, reading.county, names)
  const lookup = lookupOf(deps, units)
  const planned = rows.map(({ row, cells }) => planRow(deps, reading, ledger, columns, { row, cells }, lookup, units))
  const keys = planned.flatMap((one) => (one.kind === 'ready' ? [one.key] : []))
  const known = await knownKeys(reading.reader, reading.county, ledger.id, keys)
  const seen = new Set<string>()
  return planned.map((one): PlannedRow => {
    if (one.kind !== 'ready') return one
    const again = known.has(one.key) || seen.has(one.key)
    seen.add(one.key)
    return again ? { row: one.row, name: one.name, kind: 'known' } : one
  })
}

function lookupOf({ directory }: LedgerDeps, units: ReadonlyMap<string, UnitFacts>): Lookup {
  const { reference } = directory.index
  const named = (
    list: readonly { readonly name: string; readonly code: string; readonly aliases?: readonly string[] }[],
  ) => {
    const codes = new Map<string, string>()
    for (const { name, code, aliases = [] } of list)
      for (const words of [...aliases, name]) codes.set(nameKey(words), code)
    return (words: string) => codes.get(nameKey(words)) ?? (list.some(({ code }) => code === words) ? words : undefined)
  }
  const areaNames = reference.areas.map(({ code, name, aliases }) => {
    // A village has its full name beside its own: two towns may each have a 新河村.
    const full = directory.areaName(reference.county, code)
    return { code, name: full, aliases: code.length > 9 ? [] : [name, ...aliases] }
  })
  return {
    area: named(areaNames),
    body: named(reference.bodies.map(({ id, name }) => ({ code: id, name }))),
    sector: named(reference.sectors.map(({ id, name, aliases }) => ({ code: id, name, aliases }))),
    unit: (words) => units.get(words)?.id,
  }
}

function planRow(
  deps: LedgerDeps,
  reading: Reading,
  ledger: Ledger,
  columns: ReadonlyMap<string, number>,
  { row, cells }: { readonly row: number; readonly cells: readonly string[] },
  lookup: Lookup,
  units: ReadonlyMap<string, UnitFacts>,
): PlannedRow {
  const { input, problems } = readLedgerRow(ledger, columns, cells, lookup)
  const unit = [...units.values()].find(({ id }) => id === input.unitId)
  const name = input.title || unit?.name || cells.find(Boolean) || ''
  const faulty = (reason: string): PlannedRow => ({ row, name, kind: 'faulty', reason })
  if (problems.length > 0) return faulty(problems.join('；'))
  const found = placed(deps, ledger, input, unit, reading.county)
  if ('misplaced' in found) return faulty(found.misplaced.message ?? found.misplaced.def.message)
  const { today } = reading
  const listedOn = input.listedOn ?? today
  if (listedOn > today) return faulty(e.listedLater.message)
  const { fields, errors } = checkFields(
    ledger,
    { ...asItem(ledger, found.place), listedOn, fields: input.fields },
    today,
  )
  if (errors.length > 0) return faulty(errors.map(({ message }) => message).join('；'))
  const facets = itemFacets(found.place)
  if (!reading.can(facets) || !actsAs(reading.actor, ledger.keepers, facets))
    return faulty('不在您的管辖范围内，请由所在乡镇或责任部门导入')
  const key = keyOf(ledger, { ...found.place, fields })
  return {
    row,
    name: found.place.title,
    kind: 'ready',
    key,
    input: { ...input, area: found.place.area, title: found.place.title },
  }
}

const asItem = (ledger: Ledger, place: Place): Pick<LedgerItem, 'state' | 'title' | 'area' | 'sector'> => ({
  state: ledger.start,
  title: place.title,
  area: place.area,
  sector: place.sector,
})
