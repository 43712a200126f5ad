import { z } from 'zod'
import { defineAction, defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { exportErrors } from '#kernel/list/list.ts'
import { ledgerErrors as e } from './errors.ts'
import { LedgerId } from './ids.ts'
import { sheetStateIds } from './record.ts'

/** Rows one batch takes: a few seconds of work, so that progress shows and a stop is heard. */
export const ledgerBatchSize = 500

const about = { ledger: LedgerId, uploadId: Id }
const sheet = [e.unknownLedger, e.unreadable, e.tooLong, e.noColumns]
const Outcome = z.object({ row: z.number().int(), name: z.string(), reason: z.string() })

/** A dry run of the whole sheet: nothing is written, every problem is named by row and column. */
export const previewLedgerSheet = defineQuery({
  id: 'ledger.preview',
  title: '台账导入预检',
  permission: 'ledger.import',
  input: z.object(about),
  output: z.object({
    name: z.string(),
    /** Columns of the sheet and what each is taken for; null is left out. */
    columns: z.array(z.object({ heading: z.string(), field: z.string().nullable() })),
    total: z.number().int(),
    ready: z.number().int(),
    /** Rows that stand in the ledger already; importing a sheet twice adds nothing. */
    known: z.number().int(),
    faulty: z.number().int(),
    rows: z.array(Outcome),
  }),
  errors: sheet,
})
export type LedgerPreview = z.infer<typeof previewLedgerSheet.output>

const onSheet = { permission: 'ledger.import', record: 'ledgerSheet' } as const
const Standing = z.object({ state: z.enum(sheetStateIds), total: z.number().int(), next: z.number().int() })

/** From here on the server brings the rows in by itself, also when nobody looks at it. */
export const startSheetImport = defineAction({
  ...onSheet,
  id: 'ledger.startImport',
  title: '开始导入台账',
  creates: true,
  input: z.object(about),
  output: Standing,
  errors: [...sheet, e.importStarted],
})

export const pauseSheetImport = defineAction({
  ...onSheet,
  id: 'ledger.pauseImport',
  title: '暂停导入',
  input: z.object({}),
  output: Standing,
  errors: [e.importNotRunning],
})

export const resumeSheetImport = defineAction({
  ...onSheet,
  id: 'ledger.resumeImport',
  title: '继续导入',
  input: z.object({}),
  output: Standing,
  errors: [e.importNotPaused],
})

/**
 * Rows of a sheet from `skip` on, where the import has come to; `refused` leaves the one row out with these words, after it
 * was refused by itself.
 */
export const importLedgerRows = defineAction({
  id: 'ledger.import',
  title: '导入台账',
  permission: 'ledger.import',
  record: 'ledgerBatch',
  creates: true,
  internal: true,
  input: z.object({
    importId: Id,
    skip: z.number().int().min(0),
    take: z.number().int().min(1).max(ledgerBatchSize),
    refused: z.string().max(1000).optional(),
  }),
  output: Standing,
  errors: [...sheet, e.importNotRunning, e.importMoved],
})

/** How far an import of one's own has come: of this sheet, or the last one into the ledger. */
export const ledgerImported = defineQuery({
  id: 'ledger.imported',
  title: '台账导入进度',
  permission: 'ledger.import',
  input: z.object({ ledger: LedgerId, uploadId: Id.optional() }),
  output: z.object({
    import: Standing.extend({
      id: Id,
      version: z.number().int(),
      uploadId: Id,
      fileName: z.string(),
      startedAt: z.string(),
      added: z.number().int(),
      known: z.number().int(),
      rejected: z.number().int(),
      /** The first of the rows left out; all of them leave as a file. */
      rows: z.array(Outcome),
    }).nullable(),
  }),
  errors: [e.unknownLedger],
})
export type LedgerImported = z.infer<typeof ledgerImported.output>

export const downloadLedgerTemplate = defineQuery({
  id: 'ledger.template',
  title: '下载台账导入模板',
  permission: 'ledger.import',
  input: z.object({ ledger: LedgerId }),
  output: z.unknown(),
  errors: [e.unknownLedger],
})

export const downloadRejectedItems = defineQuery({
  id: 'ledger.rejected',
  title: '下载未导入的行',
  permission: 'ledger.import',
  input: z.object(about),
  output: z.unknown(),
  errors: [...sheet, ...Object.values(exportErrors)],
})
