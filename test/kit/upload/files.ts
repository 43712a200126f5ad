import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { QueryContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { readCsvRows } from '#platform/excel/csv.ts'
import { openWorkbook, type SheetRow } from '#platform/excel/reader.ts'
import type { TestProduct } from '../product.ts'

type Cells = (string | number | boolean | null)[]

export interface ReadFile {
  readonly name: string
  readonly type: string
  /** The heading and the rows of each sheet, as another program would read them. */
  readonly sheets: readonly { readonly name: string; readonly head: Cells; readonly rows: readonly Cells[] }[]
}

async function cellsOf(rows: AsyncIterable<SheetRow>): Promise<Cells[]> {
  const found: Cells[] = []
  for await (const { cells } of rows) {
    const line: Cells = []
    for (const { col, value } of cells) line[col - 1] = value
    found.push(Array.from(line, (value) => value ?? null))
  }
  return found
}

async function sheetsOf(path: string): Promise<ReadFile['sheets']> {
  const split = (name: string, [head = [], ...rows]: Cells[]) => ({ name, head, rows })
  if (path.endsWith('.csv')) return [split('', await cellsOf(readCsvRows(path)))]
  const book = await openWorkbook(path)
  const sheets = []
  for (const { name } of book.sheets) sheets.push(split(name, await cellsOf(book.rows(name))))
  book.close()
  return sheets
}

/** Takes a download out as this person, through everything but HTTP, and reads the file back. */
export async function takeOut(
  test: TestProduct,
  actor: Actor,
  { id }: Pick<QueryContract, 'id'>,
  input: object = {},
): Promise<ReadFile> {
  const downloads = test.product.modules.all.flatMap((module) => module.downloads ?? [])
  const file = await downloads.find(({ contract }) => contract.id === id)?.open(test.context(actor), input)
  if (!file) throw new Error(`${id} is not registered`)
  const folder = await mkdtemp(join(tmpdir(), 'zhiben-file-'))
  const path = join(folder, file.name.endsWith('.csv') ? 'a.csv' : 'a.xlsx')
  await writeFile(path, await buffer(file.body))
  const sheets = await sheetsOf(path)
  await rm(folder, { recursive: true })
  return { name: file.name, type: file.type, sheets }
}
