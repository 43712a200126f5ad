import { z } from 'zod'
import { defineAction, defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { named } from '#kernel/list/filter.ts'
import { Paging, pageOf } from '#kernel/paging.ts'
import { ledgerImportErrors as e } from './errors.ts'
import { type LedgerField, ledgerFieldIds } from './fields.ts'
import { type ImportState, importStates, type RowStanding, rowStandings } from './record.ts'
import { maxHeaderRows } from './sheet.ts'
import { valueFields } from './values.ts'

const FieldId = z.enum(ledgerFieldIds as [LedgerField, ...LedgerField[]])
const ValueFieldId = z.enum(valueFields)
const StandingId = z.enum(Object.keys(rowStandings) as [RowStanding, ...RowStanding[]])
const year = z.number().int().min(2000, '年份不在合理范围').max(2100, '年份不在合理范围')
const Years = z.object({ foundOn: year.optional(), dueOn: year.optional(), closedOn: year.optional() })
const AssumedInput = z.object({
  level: z.enum(['major', 'general']).optional(),
  fundsUnit: z.enum(['元', '万元']).optional(),
})
const HeaderRows = z
  .object({ first: z.number().int().min(1), last: z.number().int().min(1) })
  .refine(
    ({ first, last }) => first <= last && last - first < maxHeaderRows,
    `表头最多${maxHeaderRows}行，起始行不能大于结束行`,
  )
const on = { record: 'ledgerImport', permission: 'ledgerimport.use', clauses: ['M17-1', 'M17-6'] }

export const ImportCounts = z.record(z.string(), z.number().int())
const Counts = z.object({ counts: ImportCounts })

export const startImport = defineAction({
  ...on,
  id: 'ledgerimport.start',
  title: '读取台账',
  creates: true,
  input: z.object({ uploadId: Id, sheet: z.string().max(100).nullable().default(null) }),
  output: Counts,
  errors: [e.uploadUnknown, e.sheetUnknown, e.sheetEmpty, e.tooManyRows],
})

export const mapImport = defineAction({
  ...on,
  id: 'ledgerimport.map',
  title: '修改列和用语的对应关系',
  input: z.object({
    columns: z.partialRecord(FieldId, z.number().int().min(1).max(16_384)),
    values: z.partialRecord(ValueFieldId, z.record(z.string().max(200), z.string().max(60))),
    years: Years,
    assumed: AssumedInput.default({}),
  }),
  output: Counts,
  errors: [e.columnTwice, e.columnMissing],
})

/** A person names the header by its row numbers, where it was not found or found wrongly; the sheet is read anew. */
export const setHeader = defineAction({
  ...on,
  id: 'ledgerimport.header',
  title: '指定表头',
  input: z.object({ rows: HeaderRows }),
  output: Counts,
  errors: [e.uploadUnknown, e.sheetUnknown, e.headerEmpty, e.headerSettled, e.tooManyRows],
})

/** Corrects one row as it would stand in the ledger, or decides that it stays out or apart. */
export const correctRow = defineAction({
  ...on,
  id: 'ledgerimport.correct',
  title: '更正一行',
  input: z.object({
    row: z.number().int().min(1),
    corrections: z.partialRecord(FieldId, z.string().max(2000, '内容太长')),
    decision: z.enum(['auto', 'skip', 'separate']).default('auto'),
    /** Which unit of the directory it is, for every row of the same place; id null = none of them, keep the name. */
    unit: z.object({ id: Id.nullable() }).optional(),
  }),
  output: Counts.extend({ standing: StandingId, rows: z.number().int() }),
  errors: [e.rowUnknown, e.unitUnknown, e.unitElsewhere],
})

export const runImport = defineAction({
  ...on,
  id: 'ledgerimport.run',
  title: '开始导入',
  input: z.object({}),
  output: z.object({ state: z.string() }),
  errors: [e.nothingReady],
})

export const cancelImport = defineAction({
  ...on,
  id: 'ledgerimport.cancel',
  title: '暂停导入',
  input: z.object({}),
  output: z.object({ state: z.string() }),
  errors: [],
})

/** Written by the job when no row is left to take. */
export const finishImport = defineAction({
  ...on,
  id: 'ledgerimport.finish',
  internal: true,
  title: '导入完成',
  input: z.object({}),
  output: Counts,
  errors: [],
})

export const ImportView = z.object({
  id: Id,
  version: z.number().int(),
  fileName: z.string(),
  sheet: z.string(),
  sheets: z.array(z.string()),
  uploadId: Id,
  /** The workbook's other visible sheets, with the import that reads each, if any. */
  otherSheets: z.array(z.object({ name: z.string(), importId: Id.nullable() })),
  preview: z.array(z.object({ row: z.number().int(), texts: z.array(z.string()) })),
  state: z.enum(['preparing', 'running', 'cancelled', 'done']),
  createdAt: z.string(),
  /** Rows of the sheet below the header by what they are (data, blank, total, note). */
  kinds: ImportCounts,
  /** Data rows by where they stand; their sum is `kinds.data`. */
  counts: ImportCounts,
  header: z.array(z.object({ col: z.number().int(), heading: z.string(), sample: z.array(z.string()) })),
  headerRows: z.array(z.number().int()),
  columns: z.partialRecord(FieldId, z.number().int()),
  years: Years,
  /** What the person said of the whole sheet, and what its title and headings say. */
  assumed: AssumedInput,
  hints: AssumedInput,
  /** Fields with a question open in some row that one answer for the sheet would settle. */
  asked: z.array(FieldId),
  remembered: z.boolean(),
  /** Each word of a looked-up column, how often it occurs and what it is taken for (null = to be asked). */
  words: z.array(
    z.object({
      field: ValueFieldId,
      text: z.string(),
      rows: z.number().int(),
      meaning: z.string().nullable(),
      chosen: z.boolean(),
      /** Taken over from an earlier import of this office (上次对应). */
      recalled: z.boolean(),
    }),
  ),
})
export type ImportView = z.infer<typeof ImportView>

export const getImport = defineQuery({
  id: 'ledgerimport.get',
  title: '导入情况',
  permission: 'ledgerimport.use',
  input: z.object({ id: Id }),
  output: ImportView,
  errors: [],
})

export const ImportRow = z.object({
  row: z.number().int(),
  standing: StandingId,
  decision: z.enum(['auto', 'skip', 'separate']),
  cells: z.partialRecord(FieldId, z.string()),
  corrections: z.partialRecord(FieldId, z.string()),
  problems: z.array(
    z.object({
      field: FieldId,
      kind: z.enum(['error', 'question', 'note']),
      message: z.string(),
      candidates: z.array(z.string()).optional(),
    }),
  ),
  mergeRow: z.number().int().nullable(),
  unitId: Id.nullable(),
  unitName: z.string().nullable(),
  /** A person has said so; otherwise it was found by name and code. */
  unitFixed: z.boolean(),
  hazardId: Id.nullable(),
  hazardNumber: z.string().nullable(),
  reason: z.string().nullable(),
})
export type ImportRow = z.infer<typeof ImportRow>

export const ImportRowFilter = z.object({
  id: named(Id, '导入'),
  standings: named(z.array(StandingId).optional(), '结果', rowStandings),
  field: named(FieldId.optional(), '有问题的列'),
})

export const listImportRows = defineQuery({
  id: 'ledgerimport.rows',
  title: '逐行核对',
  permission: 'ledgerimport.use',
  input: ImportRowFilter.extend(Paging),
  output: pageOf(ImportRow),
  errors: [],
})

/** Units of the directory a row may be about, the likeliest first. */
export const findRowUnits = defineQuery({
  id: 'ledgerimport.units',
  title: '名录中的相近单位',
  permission: 'ledgerimport.use',
  input: z.object({ id: Id, row: z.number().int().min(1) }),
  output: z.object({
    units: z.array(z.object({ id: Id, name: z.string(), areaName: z.string(), why: z.string(), here: z.boolean() })),
  }),
  errors: [e.rowUnknown],
})

export const ImportListRow = z.object({
  id: Id,
  fileName: z.string(),
  sheet: z.string(),
  state: z.enum(Object.keys(importStates) as [ImportState, ...ImportState[]]),
  createdAt: z.string(),
  counts: ImportCounts,
})
export type ImportListRow = z.infer<typeof ImportListRow>

export const listImports = defineQuery({
  id: 'ledgerimport.list',
  title: '我的导入',
  permission: 'ledgerimport.use',
  input: z.object({ ...Paging }),
  output: pageOf(ImportListRow),
  errors: [],
})

/** The rows that did not come in, as a workbook with the reason beside each; it can be corrected and imported again. */
export const downloadRejected = defineQuery({
  id: 'ledgerimport.rejected',
  title: '下载未导入的行',
  permission: 'ledgerimport.use',
  input: z.object({ id: Id }),
  output: z.object({}),
  errors: [],
})

/** An empty ledger with the columns the import knows, and a dictionary of the county's own words. */
export const downloadTemplate = defineQuery({
  id: 'ledgerimport.template',
  title: '下载台账模板',
  permission: 'ledgerimport.use',
  input: z.object({}),
  output: z.object({}),
  errors: [],
})
