import { z } from 'zod'
import { defineAction, defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { ScaleId, TownOrVillage } from '../contract-unit.ts'
import { directoryErrors as e } from '../errors.ts'
import { DatumId } from '../position.ts'
import { type ImportField, importFields } from './units.ts'

/** Rows one batch takes: a few seconds of work, so that progress shows and a cancel is heard. */
export const importBatchSize = 200

const Column = z.number().int().min(0).max(200)
const Mapping = z.partialRecord(z.enum(importFields as [ImportField, ...ImportField[]]), Column)
const Defaults = z.object({
  area: TownOrVillage.nullable().default(null),
  sectors: z.array(z.string().max(40)).max(10).default([]),
  scale: ScaleId.nullable().default(null),
  /** The person's word that rows without a credit code are places; a company without one is asked about all the same. */
  uncodedArePlaces: z.boolean().default(false),
  /** What positions are given in where the list does not say. */
  datum: DatumId.default('wgs84'),
})
const RowNumber = z.number().int().min(0).max(1_000_000)
const problem = z.object({ column: z.string(), message: z.string() })

/** A dry run of the whole sheet: nothing is written, every problem is named by row and column. */
export const previewUnits = defineQuery({
  id: 'directory.previewUnits',
  title: '名录导入预检',
  permission: 'directory.importUnits',
  input: z.object({ uploadId: Id, mapping: Mapping.optional(), defaults: Defaults.prefault({}) }),
  output: z.object({
    name: z.string(),
    header: z.array(z.string()),
    mapping: Mapping,
    total: z.number().int(),
    ready: z.number().int(),
    rows: z.array(z.object({ row: RowNumber, name: z.string(), problems: z.array(problem) })),
  }),
  errors: [e.importUnreadable, e.importTooLong],
})

export const ImportOutcome = z.object({
  row: RowNumber,
  name: z.string(),
  /** 'matched' = the directory already has the unit and it was left as it stands. */
  outcome: z.enum(['imported', 'matched', 'rejected']),
  unitId: Id.nullable(),
  reason: z.string(),
})
export type ImportOutcome = z.infer<typeof ImportOutcome>

/** Imports the next rows of a sheet, `skip` rows below the heading. Every row of the batch gets an outcome. */
export const importUnits = defineAction({
  id: 'directory.importUnits',
  title: '导入名录',
  permission: 'directory.importUnits',
  record: 'unitImport',
  creates: true,
  input: z.object({
    uploadId: Id,
    mapping: Mapping,
    defaults: Defaults.prefault({}),
    skip: RowNumber,
    take: z.number().int().min(1).max(importBatchSize, '一批最多提交200行，请分批导入'),
  }),
  output: z.object({ total: z.number().int(), next: RowNumber, outcomes: z.array(ImportOutcome) }),
  errors: [e.importUnreadable, e.importTooLong],
})

/** What was imported from a file so far, by the person who asks: a broken-off import goes on where it stopped. */
export const listImported = defineQuery({
  id: 'directory.listImported',
  title: '导入结果',
  permission: 'directory.importUnits',
  input: z.object({ uploadId: Id }),
  output: z.object({ next: RowNumber, outcomes: z.array(ImportOutcome) }),
  errors: [],
})

export const downloadUnitTemplate = defineQuery({
  id: 'directory.downloadUnitTemplate',
  title: '下载名录导入模板',
  permission: 'directory.importUnits',
  input: z.object({}),
  output: z.unknown(),
  errors: [],
})

/** What of an upload did not come in, with the reason beside each row. */
export const downloadRejectedUnits = defineQuery({
  id: 'directory.downloadRejectedUnits',
  title: '下载未导入的单位',
  permission: 'directory.importUnits',
  input: z.object({ uploadId: Id }),
  output: z.unknown(),
  errors: [e.importUnreadable, e.importTooLong],
})
