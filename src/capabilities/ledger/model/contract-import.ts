import { z } from 'zod'
import { defineAction, defineQuery } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { exportErrors } from '#kernel/list/list.ts'
import { ledgerErrors as e } from './errors.ts'
import { LedgerId } from './ids.ts'

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

export const importLedgerRows = defineAction({
  id: 'ledger.import',
  title: '导入台账',
  permission: 'ledger.import',
  record: 'ledgerBatch',
  creates: true,
  input: z.object({
    ...about,
    skip: z.number().int().min(0).max(1_000_000),
    take: z.number().int().min(1).max(ledgerBatchSize),
  }),
  output: z.object({
    total: z.number().int(),
    next: z.number().int(),
    added: z.number().int(),
    known: z.number().int(),
    rejected: z.array(Outcome),
  }),
  errors: sheet,
})

/** How far an import has come; an interrupted one goes on behind it. */
export const ledgerImported = defineQuery({
  id: 'ledger.imported',
  title: '台账导入进度',
  permission: 'ledger.import',
  input: z.object(about),
  output: z.object({
    next: z.number().int(),
    added: z.number().int(),
    known: z.number().int(),
    rejected: z.array(Outcome),
  }),
  errors: [e.unknownLedger],
})

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
