import { Problem, refuse } from '#kernel/errors.ts'
import { boxesFor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import type { Day } from '#kernel/time.ts'
import { onCreate } from '#platform/actions/carry-out.ts'
import type { EffectContext, RegisteredAction } from '#platform/actions/types.ts'
import { answer, type QueryContext, type RegisteredQuery } from '#platform/module/module.ts'
import type { Parameters } from '#platform/parameters/parameters.ts'
import * as contracts from '../../model/index.ts'
import {
  boundsOf,
  type ColumnMapping,
  directoryErrors,
  directoryPermissions,
  type ImportDefaults,
  type ImportedRow,
  type ImportOutcome,
  type ImportReading,
  likeness,
  positionBounds,
  probablySame,
  proposeColumns,
  readImportRow,
  type UnitInput,
} from '../../model/index.ts'
import type { LoadedDirectory } from '../directory.ts'
import { candidateUnits } from '../store.ts'
import { importsOf, inSavepoint, type UnitImport, unitImportType } from './store.ts'

/** A table of an uploaded workbook: the heading and the rows below it, with their row numbers in the sheet. */
export interface UploadedSheet {
  readonly name: string
  readonly header: readonly string[]
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[]
}

/**
 * Reads the table of an upload of this account; undefined when there is none or it cannot be read as a table. A list of
 * more rows than the county allows on that day is refused.
 */
export type ReadUpload = (uploadId: string, accountId: string, maxRows: number) => Promise<UploadedSheet | undefined>

export interface ImportParts {
  readonly directory: LoadedDirectory
  readonly readUpload: ReadUpload
}

interface Importing {
  readonly actor: { readonly accountId: string }
  readonly today: Day
  readonly parameters: Parameters
}

export async function sheetOf(
  parts: ImportParts,
  uploadId: string,
  { actor, today, parameters }: Importing,
): Promise<UploadedSheet> {
  const maxRows = parameters.number('import.maxRows', today)
  return (await parts.readUpload(uploadId, actor.accountId, maxRows)) ?? refuse(directoryErrors.importUnreadable)
}

/** A query finds the parameters in its environment, an action beside it. */
export const asked = ({ actor, today, environment }: QueryContext): Importing => ({
  actor,
  today,
  parameters: environment.parameters,
})

export function importAnswers(parts: ImportParts): RegisteredQuery[] {
  return [
    answer(contracts.previewUnits, async (context, { uploadId, mapping: chosen, defaults }) => {
      const sheet = await sheetOf(parts, uploadId, asked(context))
      const mapping = chosen ?? proposeColumns(sheet.header)
      const reading = readingOf(parts, asked(context), mapping, defaults)
      const rows = sheet.rows.map(({ row, cells }) => {
        const { problems } = readImportRow(reading, cells)
        return { row, name: nameIn(mapping, cells), problems: [...problems] }
      })
      const faulty = rows.filter((row) => row.problems.length > 0)
      const { name, header } = sheet
      return {
        name,
        header: [...header],
        mapping,
        total: rows.length,
        ready: rows.length - faulty.length,
        rows: faulty,
      }
    }),
    answer(contracts.listImported, async (context, { uploadId }) => {
      const batches = await importsOf(context.db, context.county, uploadId, context.actor.accountId)
      const next = Math.max(0, ...batches.map((batch) => batch.nextRow))
      return { next, outcomes: batches.flatMap((batch) => [...batch.outcomes]) }
    }),
  ]
}

function readingOf(
  { directory }: ImportParts,
  { parameters, today }: Importing,
  mapping: ColumnMapping,
  defaults: ImportDefaults,
): ImportReading {
  const bounds = boundsOf(parameters.numbers(positionBounds, today))
  return { index: directory.index, bounds, mapping, defaults }
}

const nameIn = (mapping: { name?: number | undefined }, cells: readonly string[]) => cells[mapping.name ?? -1] ?? ''

export function importActions(parts: ImportParts): RegisteredAction[] {
  return [
    onCreate(contracts.importUnits, unitImportType, async (context, { uploadId, mapping, defaults, skip, take }) => {
      const sheet = await sheetOf(parts, uploadId, context)
      const reading = readingOf(parts, context, mapping, defaults)
      const outcomes: ImportOutcome[] = []
      for (const { row, cells } of sheet.rows.slice(skip, skip + take)) {
        const read = readImportRow(reading, cells)
        outcomes.push({ row, name: nameIn(mapping, cells), ...(await importRow(context, read)) })
      }
      const next = Math.min(skip + take, sheet.rows.length)
      const count = (outcome: ImportOutcome['outcome']) => outcomes.filter((row) => row.outcome === outcome).length
      const batch: UnitImport = {
        county: context.county,
        id: context.recordId,
        version: 0,
        uploadId,
        accountId: context.actor.accountId,
        firstRow: skip,
        nextRow: next,
        outcomes,
      }
      return {
        record: batch,
        output: { total: sheet.rows.length, next, outcomes },
        summary: `从“${sheet.name}”导入名录：登记${count('imported')}家，已有${count('matched')}家，未导入${count('rejected')}行`,
      }
    }),
  ]
}

type RowResult = Omit<ImportOutcome, 'row' | 'name'>

const rejected = (reason: string): RowResult => ({ outcome: 'rejected', unitId: null, reason })

async function importRow(context: EffectContext, read: ImportedRow): Promise<RowResult> {
  const { input } = read
  if (!input) return rejected(read.problems.map(({ column, message }) => `${column}：${message}`).join('；'))
  const known = await findKnown(context, input)
  if (known) return { outcome: 'matched', unitId: known.id, reason: `名录中已有“${known.name}”（${known.why}）` }
  const recordId = newId(context.now.getTime())
  try {
    await inSavepoint(context.tx, () => context.child(contracts.registerUnit, { recordId, input }))
    return { outcome: 'imported', unitId: recordId, reason: '' }
  } catch (error) {
    if (error instanceof Problem) return rejected(error.message)
    throw error
  }
}

/** The unit of the viewer's scope that this row is most probably about: importing a list twice adds nothing. */
async function findKnown(context: EffectContext, input: UnitInput) {
  const boxes = boxesFor(context.actor, 'directory.readUnit', directoryPermissions)
  const candidates = await candidateUnits(context.tx, context.county, input, boxes)
  return candidates
    .map((unit) => ({ id: unit.id, name: unit.name, ...likeness(input, unit) }))
    .filter((match) => match.score >= probablySame)
    .sort((a, b) => b.score - a.score)[0]
}
