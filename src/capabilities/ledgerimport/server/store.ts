import { type ColumnType, sql } from 'kysely'
import type { Reader, Tx } from '#platform/db/tables.ts'
import {
  type ColumnMapping,
  type Corrections,
  emptyDetail,
  type ImportState,
  type LedgerField,
  type LedgerImport,
  type RawCell,
  type RowKind,
  type RowPlan,
  type RowStanding,
  type ValueMapping,
} from '../model/index.ts'

type Json<T> = ColumnType<T, string, string>

export type LedgerImportTables = {
  ledger_import: {
    county: string
    id: string
    version: number
    account_id: string
    account_name: string
    file_name: string
    upload_id: string
    sheet: string
    state: ImportState
    created_at: ColumnType<Date, Date | string, Date | string>
    detail: Json<LedgerImport['detail']>
  }
  ledger_import_row: {
    county: string
    import_id: string
    row: number
    kind: RowKind
    cells: Json<readonly RawCell[]>
    corrections: Json<Corrections>
    decision: 'auto' | 'skip' | 'separate'
    source_key: string
    plan: ColumnType<RowPlan | null, string | null, string | null>
    standing: RowStanding
    merge_row: number | null
    unit_id: string | null
    unit_fixed: boolean
    hazard_id: string | null
    hazard_number: string | null
    reason: string | null
  }
  ledger_memory: {
    county: string
    owner: string
    signature: string
    columns: Json<ColumnMapping>
    words: Json<ValueMapping>
    updated_at: Date
  }
}

export interface ImportedRow {
  readonly row: number
  readonly kind: RowKind
  readonly cells: readonly RawCell[]
  readonly corrections: Corrections
  readonly decision: 'auto' | 'skip' | 'separate'
  readonly sourceKey: string
  readonly plan: RowPlan | null
  readonly standing: RowStanding
  readonly mergeRow: number | null
  readonly unitId: string | null
  /** A person has said which unit it is, or that it is none. */
  readonly unitFixed: boolean
  readonly hazardId: string | null
  readonly hazardNumber: string | null
  readonly reason: string | null
}

export const tables = (reader: Reader) => reader.withTables<LedgerImportTables>()

export async function loadImport(tx: Reader, county: string, id: string, lock: boolean) {
  let query = tables(tx).selectFrom('ledger_import').selectAll().where('county', '=', county).where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  if (!row) return undefined
  const record: LedgerImport = {
    county,
    id,
    version: row.version,
    accountId: row.account_id,
    accountName: row.account_name,
    fileName: row.file_name,
    uploadId: row.upload_id,
    sheet: row.sheet,
    state: row.state,
    createdAt: row.created_at.toISOString(),
    detail: { ...emptyDetail, ...row.detail },
  }
  return record
}

export async function saveImport(tx: Tx, after: LedgerImport, before: LedgerImport | undefined): Promise<void> {
  const { county, id, version, state } = after
  const detail = JSON.stringify(after.detail)
  if (before) {
    await tables(tx)
      .updateTable('ledger_import')
      .set({ version, state, detail })
      .where('county', '=', county)
      .where('id', '=', id)
      .execute()
    return
  }
  await tables(tx)
    .insertInto('ledger_import')
    .values({
      county,
      id,
      version,
      account_id: after.accountId,
      account_name: after.accountName,
      file_name: after.fileName,
      upload_id: after.uploadId,
      sheet: after.sheet,
      state,
      created_at: after.createdAt,
      detail,
    })
    .execute()
}

const chunk = 500

export async function insertRows(tx: Tx, county: string, importId: string, rows: readonly ImportedRow[]) {
  for (let at = 0; at < rows.length; at += chunk) {
    const values = rows.slice(at, at + chunk).map((row) => ({
      county,
      import_id: importId,
      row: row.row,
      kind: row.kind,
      cells: JSON.stringify(row.cells),
      corrections: JSON.stringify(row.corrections),
      decision: row.decision,
      source_key: row.sourceKey,
      plan: row.plan && JSON.stringify(row.plan),
      standing: row.standing,
      merge_row: row.mergeRow,
      unit_id: row.unitId,
      unit_fixed: row.unitFixed,
      hazard_id: row.hazardId,
      hazard_number: row.hazardNumber,
      reason: row.reason,
    }))
    await tables(tx).insertInto('ledger_import_row').values(values).execute()
  }
}

/** Writes what rows have become; only the parts that change after reading. */
export async function updateRows(tx: Tx, county: string, importId: string, rows: readonly ImportedRow[]) {
  for (let at = 0; at < rows.length; at += chunk) {
    const changes = rows.slice(at, at + chunk).map((row) => ({
      row: row.row,
      corrections: row.corrections,
      decision: row.decision,
      source_key: row.sourceKey,
      plan: row.plan,
      standing: row.standing,
      merge_row: row.mergeRow,
      unit_id: row.unitId,
      unit_fixed: row.unitFixed,
      hazard_id: row.hazardId,
      hazard_number: row.hazardNumber,
      reason: row.reason,
    }))
    await sql`
      update ledger_import_row r set corrections = c.corrections, decision = c.decision, source_key = c.source_key,
        plan = c.plan, standing = c.standing, merge_row = c.merge_row, unit_id = c.unit_id, unit_fixed = c.unit_fixed,
        hazard_id = c.hazard_id,
        hazard_number = c.hazard_number, reason = c.reason
      from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c(row integer, corrections jsonb, decision text,
        source_key text, plan jsonb, standing text, merge_row integer, unit_id uuid, unit_fixed boolean,
        hazard_id uuid,
        hazard_number text, reason text)
      where r.county = ${county} and r.import_id = ${importId} and r.row = c.row`.execute(tx)
  }
}

/** Writes what rows have come to in the end; all else about them stays as it was judged. */
export async function settleRows(tx: Tx, county: string, importId: string, rows: readonly ImportedRow[]) {
  const settled = rows.map((row) => ({
    row: row.row,
    standing: row.standing,
    hazard_id: row.hazardId,
    hazard_number: row.hazardNumber,
    reason: row.reason,
  }))
  await sql`
    update ledger_import_row r set standing = c.standing, hazard_id = c.hazard_id, hazard_number = c.hazard_number,
      reason = c.reason
    from jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) as c(row integer, standing text, hazard_id uuid,
      hazard_number text, reason text)
    where r.county = ${county} and r.import_id = ${importId} and r.row = c.row`.execute(tx)
}

export type ReadyRow = Pick<ImportedRow, 'row' | 'mergeRow'>

/** Which rows are to come in, in sheet order; without what they say, of which there may be a lot. */
export async function readyRows(reader: Reader, county: string, importId: string): Promise<ReadyRow[]> {
  return tables(reader)
    .selectFrom('ledger_import_row')
    .select(['row', 'merge_row as mergeRow'])
    .where('county', '=', county)
    .where('import_id', '=', importId)
    .where('kind', '=', 'data')
    .where('standing', '=', 'ready')
    .orderBy('row')
    .execute()
}

type Row = {
  [K in keyof LedgerImportTables['ledger_import_row']]: LedgerImportTables['ledger_import_row'][K] extends ColumnType<
    infer S,
    unknown,
    unknown
  >
    ? S
    : LedgerImportTables['ledger_import_row'][K]
}

export const fromRow = (row: Row): ImportedRow => ({
  row: row.row,
  kind: row.kind,
  cells: row.cells,
  corrections: row.corrections,
  decision: row.decision,
  sourceKey: row.source_key,
  plan: row.plan,
  standing: row.standing,
  mergeRow: row.merge_row,
  unitId: row.unit_id,
  unitFixed: row.unit_fixed,
  hazardId: row.hazard_id,
  hazardNumber: row.hazard_number,
  reason: row.reason,
})

interface WantedRows {
  readonly standings?: readonly RowStanding[] | undefined
  readonly problemIn?: string | undefined
  readonly rows?: readonly number[]
  readonly limit?: number
  readonly offset?: number
}

/** What holds of the data rows that are wanted. */
function wantedOf(county: string, importId: string, { standings, rows, problemIn }: WantedRows) {
  const parts = [sql`county = ${county} and import_id = ${importId} and kind = 'data'`]
  if (standings) parts.push(sql`standing = any(${[...standings]}::text[])`)
  if (rows) parts.push(sql`row = any(${[...rows]}::int[])`)
  if (problemIn) parts.push(sql`plan->'problems' @> ${JSON.stringify([{ field: problemIn }])}::jsonb`)
  return sql.join(parts, sql` and `)
}

/** The question for rows of an import in sheet order, of which `fromRow` makes what they are. */
export function rowsQuestion(county: string, importId: string, wanted: WantedRows = {}) {
  const page = wanted.limit === undefined ? sql`` : sql`limit ${wanted.limit} offset ${wanted.offset ?? 0}`
  return sql<Row>`select * from ledger_import_row where ${wantedOf(county, importId, wanted)} order by row ${page}`
}

/** Rows of an import in sheet order: data rows by default, a page of them, or those that stand somewhere. */
export async function readRows(
  reader: Reader,
  county: string,
  importId: string,
  wanted: WantedRows = {},
): Promise<ImportedRow[]> {
  const { rows } = await rowsQuestion(county, importId, wanted).execute(reader)
  return rows.map(fromRow)
}

export async function countRows(
  reader: Reader,
  county: string,
  importId: string,
  wanted: Pick<WantedRows, 'standings' | 'problemIn'> = {},
): Promise<number> {
  const result = await sql<{ n: number }>`
    select count(*) as n from ledger_import_row where ${wantedOf(county, importId, wanted)}`.execute(reader)
  return result.rows[0]?.n ?? 0
}

/** A sheet read anew starts with no rows. */
export async function clearRows(tx: Tx, county: string, importId: string): Promise<void> {
  await tables(tx)
    .deleteFrom('ledger_import_row')
    .where('county', '=', county)
    .where('import_id', '=', importId)
    .execute()
}

/** Which sheets of one uploaded file have been read, by which import; the newest first. */
export async function importsOfUpload(reader: Reader, county: string, uploadId: string, accountId: string) {
  return tables(reader)
    .selectFrom('ledger_import')
    .select(['id', 'sheet'])
    .where('county', '=', county)
    .where('upload_id', '=', uploadId)
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .execute()
}

/** Which of these fields still have a question in some row. */
export async function askedFields(reader: Reader, county: string, importId: string, fields: readonly LedgerField[]) {
  const asked = await Promise.all(
    fields.map(async (field) => {
      const question = JSON.stringify([{ field, kind: 'question' }])
      const result = await sql`
        select 1 from ledger_import_row where county = ${county} and import_id = ${importId} and standing = 'open'
          and plan->'problems' @> ${question}::jsonb limit 1`.execute(reader)
      return result.rows.length > 0
    }),
  )
  return fields.filter((_, at) => asked[at])
}

/** Data rows by standing, and all rows below the header by kind. */
export async function countsOf(reader: Reader, county: string, importId: string) {
  const result = await sql<{ kind: string; standing: string; n: number }>`
    select kind, standing, count(*) as n from ledger_import_row
    where county = ${county} and import_id = ${importId} group by kind, standing`.execute(reader)
  const counts: Record<string, number> = {}
  const kinds: Record<string, number> = {}
  for (const row of result.rows) {
    kinds[row.kind] = (kinds[row.kind] ?? 0) + row.n
    if (row.kind === 'data') counts[row.standing] = (counts[row.standing] ?? 0) + row.n
  }
  return { counts, kinds }
}

/** Imports a killed process left running. */
export async function runningImports(reader: Reader, county: string): Promise<string[]> {
  const rows = await tables(reader)
    .selectFrom('ledger_import')
    .select('id')
    .where('county', '=', county)
    .where('state', '=', 'running')
    .execute()
  return rows.map((row) => row.id)
}

const importsOf = (reader: Reader, county: string, accountId: string) =>
  tables(reader).selectFrom('ledger_import').where('county', '=', county).where('account_id', '=', accountId)

/** The imports of an account without an end, the newest first. */
export const listedImports = (reader: Reader, county: string, accountId: string) =>
  importsOf(reader, county, accountId)
    .select(['id', 'file_name', 'sheet', 'state', 'created_at'])
    .orderBy('created_at', 'desc')
    .orderBy('id')

export async function pageImports(reader: Reader, county: string, accountId: string, size: number, offset: number) {
  const rows = await listedImports(reader, county, accountId).limit(size).offset(offset).execute()
  const total = await importsOf(reader, county, accountId)
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return { rows, total: total.n }
}

/** What rows with these keys became in any earlier import, so that the same row never comes in twice. */
export async function findImported(reader: Reader, county: string, keys: readonly string[]) {
  const found = new Map<string, { hazardId: string; number: string }>()
  for (let at = 0; at < keys.length; at += chunk) {
    const result = await sql<{ source_key: string; hazard_id: string; hazard_number: string }>`
      select distinct on (source_key) source_key, hazard_id, hazard_number from ledger_import_row
      where county = ${county} and hazard_id is not null and source_key = any(${keys.slice(at, at + chunk)}::text[])
      order by source_key, import_id`.execute(reader)
    for (const row of result.rows) {
      found.set(row.source_key, { hazardId: row.hazard_id, number: row.hazard_number })
    }
  }
  return found
}

/** The rows one unit of work is about, locked: a second worker waits and then finds them done. */
export async function lockRows(tx: Tx, county: string, importId: string, rows: readonly number[]) {
  await sql`select row from ledger_import_row
    where county = ${county} and import_id = ${importId} and row = any(${[...rows]}::int[])
    order by row for update`.execute(tx)
  return readRows(tx, county, importId, { rows })
}

/** Which of these uploads an import reads or has read: the ledger that hazards came from is evidence and stays. */
export async function uploadsInUse(reader: Reader, county: string, ids: readonly string[]): Promise<Set<string>> {
  const result = await sql<{ upload_id: string }>`
    select distinct upload_id from ledger_import
    where county = ${county} and state <> 'cancelled' and upload_id = any(${[...ids]}::uuid[])`.execute(reader)
  return new Set(result.rows.map((row) => row.upload_id))
}
