import { z } from 'zod'
import { type NameOf, named } from '#kernel/list/filter.ts'
import { defineList, type ListColumn, type ListExport, type ListSpec } from '#kernel/list/list.ts'
import { Day, Month } from '#kernel/time.ts'
import { exportItems, LedgerFilter, type LedgerRow, listItems, stateTypeWords } from './contract-list.ts'
import type { Ledger } from './definition.ts'
import { type Field, faceOf, type Narrowing } from './fields/index.ts'
import { latenesses } from './item.ts'
import type { Computed } from './rules/index.ts'

const lateWords = (row: LedgerRow) => row.lateness && latenesses[row.lateness]

const stateColumn: ListColumn<LedgerRow> = {
  key: 'state',
  title: '状态',
  text: (row) =>
    [row.stateLabel, row.lateness === 'missed' || row.lateness === 'late' ? lateWords(row) : null]
      .filter(Boolean)
      .join('，'),
  facts: [
    { title: '状态', text: (row) => row.stateLabel },
    { title: '完成情况', text: lateWords },
  ],
  width: 170,
}

const common = {
  name: { key: 'name', title: '名称', text: (row) => row.title, hideable: false, sortKey: 'name' },
  ledger: { key: 'ledger', title: '台账', text: (row) => row.ledgerTitle, width: 190 },
  area: { key: 'area', title: '乡镇', text: (row) => row.areaName, width: 110 },
  unit: { key: 'unit', title: '单位', text: (row) => row.unitName || null, width: 190 },
  body: { key: 'body', title: '责任部门', text: (row) => row.bodyName, width: 150 },
  sector: { key: 'sector', title: '行业领域', text: (row) => row.sectorName, width: 110, hiddenAtFirst: true },
  due: { key: 'due', title: '期限', text: (row) => row.dueOn, width: 150, sortKey: 'due' },
  done: { key: 'done', title: '办结日期', text: (row) => row.doneOn, width: 110, sortKey: 'done' },
  listed: {
    key: 'listed',
    title: '列入日期',
    text: (row) => row.listedOn,
    width: 110,
    sortKey: 'listed',
    hiddenAtFirst: true,
  },
} satisfies Record<string, ListColumn<LedgerRow>>

/** Items of all ledgers together: what one has to do, and what a unit has in any of them. */
export const ledgerItemList: ListSpec<LedgerRow> = defineList({
  id: 'ledger-items',
  title: '台账事项',
  contract: listItems,
  filter: LedgerFilter as z.ZodObject,
  columns: [
    common.name,
    common.ledger,
    stateColumn,
    common.area,
    common.unit,
    common.body,
    common.sector,
    common.due,
    common.done,
    common.listed,
  ],
})
export const ledgerItemExport: ListExport<LedgerRow> = { list: ledgerItemList, contract: exportItems }

/** Names of codes as a row brings them along, so that the browser needs no directory. */
const namesIn =
  (row: LedgerRow): NameOf =>
  (_kind, code) =>
    row.names[code] ?? code

function columnOf(field: Field): ListColumn<LedgerRow> {
  const face = faceOf(field)
  const number = field.type === 'integer' || field.type === 'decimal' || field.type === 'money'
  return {
    key: field.id,
    title: 'unit' in field && field.unit ? `${field.title}（${field.unit}）` : field.title,
    text: (row) => face.cell(row.fields[field.id], field, namesIn(row)),
    width: face.width,
    ...(field.list ? {} : { hiddenAtFirst: true }),
    ...(number ? { align: 'right' } : {}),
  }
}

const computedColumn = ({ id, title, list }: Computed): ListColumn<LedgerRow> => ({
  key: id,
  title,
  text: (row) => row.computed[id]?.words ?? null,
  width: 170,
  ...(list ? {} : { hiddenAtFirst: true }),
})

/** Names of the filters a field brings: two ends for a span, one for everything else. */
export const filterNames = (field: Field, narrowing: Narrowing): readonly string[] =>
  narrowing.kind === 'span' ? [`x_${field.id}_from`, `x_${field.id}_to`] : [`x_${field.id}`]

function filtersOf(field: Field): Record<string, z.ZodType> {
  const narrowing = field.filter ? faceOf(field).narrowing(field) : undefined
  if (!narrowing) return {}
  const [name = '', to = ''] = filterNames(field, narrowing)
  const { title } = field
  switch (narrowing.kind) {
    case 'choice': {
      const ids = Object.keys(narrowing.names) as [string, ...string[]]
      return { [name]: named(z.array(z.enum(ids)).max(40).optional(), title, narrowing.names) }
    }
    case 'flag':
      return { [name]: named(z.boolean().optional(), title) }
    case 'code':
      return { [name]: named(z.string().max(60).optional(), title, narrowing.codes) }
    case 'text':
      return { [name]: named(z.string().trim().max(60).optional(), title) }
    case 'span': {
      const end = { day: Day, month: Month, number: z.number() }[narrowing.of]
      return { [name]: named(end.optional(), `${title}从`), [to]: named(end.optional(), `${title}至`) }
    }
  }
}

/** The fields a ledger's list can be narrowed by. */
export const narrowingFields = ({ fields }: Ledger): readonly Field[] =>
  fields.filter((field) => field.filter === true && faceOf(field).narrowing(field) !== undefined)

/** The list of one ledger: what every ledger has, with its own words for states, its columns and its filters. */
export function listOf(ledger: Ledger): ListSpec<LedgerRow> {
  const stateWords = Object.fromEntries(Object.entries(ledger.states).map(([id, { title }]) => [id, title]))
  const { states: _, ledger: __, ...shape } = LedgerFilter.shape
  const own = Object.assign({}, ...ledger.fields.map(filtersOf)) as Record<string, z.ZodType>
  const filter = z.object({
    ...shape,
    states: named(z.array(z.string().max(30)).max(12).optional(), '状态', { ...stateWords, void: '已作废' }),
    ...own,
  }) as z.ZodObject
  const ofUnit = ledger.subject === 'unit' && ledger.key.includes('unit') && !ledger.key.includes('name')
  const columns: ListColumn<LedgerRow>[] = [
    { ...common.name, title: ledger.name },
    stateColumn,
    common.area,
    ...(ofUnit ? [] : [ledger.subject === 'unit' ? common.unit : { ...common.unit, hiddenAtFirst: true as const }]),
    ...ledger.fields.map(columnOf),
    ...ledger.computed.map(computedColumn),
    ...(ledger.due ? [common.due] : []),
    common.done,
    ledger.body ? { ...common.body, hiddenAtFirst: true } : common.body,
    common.sector,
    common.listed,
  ]
  return defineList({
    id: `ledger-${ledger.id}`,
    title: ledger.title,
    contract: listItems,
    filter,
    columns: distinct(columns),
  })
}

/** A pack may call a field what the list calls a column of its own; in a file the two must be told apart. */
function distinct(columns: readonly ListColumn<LedgerRow>[]): ListColumn<LedgerRow>[] {
  const titles = new Set<string>()
  return columns.map((column) => {
    const title = titles.has(column.title) ? `${column.title}（台账）` : column.title
    titles.add(title)
    return { ...column, title }
  })
}

export const exportOf = (ledger: Ledger): ListExport<LedgerRow> => ({ list: listOf(ledger), contract: exportItems })

export { stateTypeWords }
