import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { tableFile } from './download.ts'
import { openWorkbook } from './reader.ts'
import { columnName, csvStream, type Sheet, type SheetValue, xlsxStream } from './writer.ts'

const at = new Date('2026-11-25T02:00:00Z')
const context = { demo: false, now: at }
const columns = [
  { title: '编号', width: 12 },
  { title: '内容', width: 30 },
]
const sheet = (rows: readonly (readonly SheetValue[])[]): Sheet => ({ title: '清单', columns, rows })

/** What another program reads in it. */
async function read(bytes: Buffer) {
  const book = new ExcelJS.Workbook()
  // The library's own types want a Buffer of an older Node.
  await book.xlsx.load(bytes as unknown as Parameters<typeof book.xlsx.load>[0])
  return book
}

/** What our own reader finds in it. */
async function cells(bytes: Buffer): Promise<(string | number | boolean | null)[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'zhiben-sheet-'))
  const path = join(folder, 'a.xlsx')
  await writeFile(path, bytes)
  const book = await openWorkbook(path)
  const rows = []
  for await (const row of book.rows(book.sheets[0]?.name ?? '')) rows.push(row.cells.map(({ value }) => value))
  book.close()
  await rm(folder, { recursive: true })
  return rows
}

const hostile = ['=1+1', '+86 13800000000', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =HYPERLINK("http://a")', '＝1＋1']

describe('a sheet that is written', () => {
  it('is read by another program with its rows, its numbers and its head', async () => {
    const rows = [
      ['H-1', '电焊工“无证”作业 <a> & b'],
      ['H-2', 12.5],
      [null, ''],
    ]
    const book = await read(await buffer(xlsxStream([sheet(rows), { ...sheet([['x', 'y']]), title: '说明' }], at)))
    expect(book.worksheets.map(({ name }) => name)).toEqual(['清单', '说明'])
    const first = book.worksheets[0]
    expect(first?.getCell('A1').value).toBe('编号')
    expect(first?.getCell('A1').font?.bold).toBe(true)
    expect(first?.getCell('B2').value).toBe('电焊工“无证”作业 <a> & b')
    expect(first?.getCell('B3').value).toBe(12.5)
    expect(first?.getCell('A4').value).toBe(null)
    expect(first?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
    expect(first?.pageSetup).toMatchObject({ paperSize: 9, orientation: 'landscape', fitToPage: true })
    expect(first?.pageSetup.printTitlesRow).toBe('1:1')
    expect(first?.autoFilter).toBe('A1:B4')
  })

  it('holds no cell that a program would take for a formula, in either format', async () => {
    const bytes = await buffer(xlsxStream([sheet(hostile.map((text) => [text, text]))], at))
    const book = await read(bytes)
    book.worksheets[0]?.eachRow((row) => {
      row.eachCell((cell) => expect(cell.type).toBe(ExcelJS.ValueType.String))
    })
    const found = (await cells(bytes)).slice(1)
    expect(found.map(([first]) => first)).toEqual(hostile.map((text) => `'${text.replace('\r', '\n')}`))
    const lines = (await text(csvStream(sheet(hostile.map((value) => [value, 1]))))).split('\r\n').slice(1, -1)
    for (const line of lines) expect(line).toMatch(/^"?'/)
    expect(lines).toHaveLength(hostile.length)
  })

  it('bears whatever an old ledger holds: control signs, halves of a letter, cells without end, numbers of signs', async () => {
    const long = '长'.repeat(40_000)
    const found = await cells(
      await buffer(
        xlsxStream(
          [
            sheet([
              ['a\u0000b\u001fc\ufffe', '\ud800x'],
              [long, '_x0041_'],
              ['两\r\n行', Number.NaN],
            ]),
          ],
          at,
        ),
      ),
    )
    expect(found[1]).toEqual(['abc', '\ufffdx'])
    expect(String(found[2]?.[0])).toHaveLength(32_767)
    expect(String(found[2]?.[0])).toMatch(/其余略）$/)
    expect(found[2]?.[1]).toBe('_x0041_')
    expect(found[3]).toEqual(['两\n行', 'NaN'])
  })

  it('names columns beyond Z', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
  })

  it('asks for rows no faster than they are taken, and stops asking when nobody takes them', async () => {
    let asked = 0
    let ended = false
    async function* rows() {
      try {
        for (;;) {
          asked += 1
          // What cannot be packed: otherwise a great many rows would fit on the way.
          yield [String(asked), randomBytes(300).toString('base64')]
        }
      } finally {
        ended = true
      }
    }
    let done = 0
    const file = await tableFile(context, { name: 'a', title: 'a', columns, rows: rows(), done: () => (done += 1) })
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
    // On a busy machine it takes a while until all the buffers on the way are full; then nothing may be asked for.
    for (let before = -1; before !== asked; await wait(400)) before = asked
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThan(3000)
    expect(ended).toBe(false)
    file.body.destroy()
    await wait(50)
    expect({ ended, done }).toEqual({ ended: true, done: 1 })
  })

  it('breaks off instead of looking whole when the rows fail', async () => {
    async function* rows() {
      yield ['1', 'a']
      throw new Error('the database is gone')
    }
    const file = await tableFile(context, { name: 'a', title: 'a', columns, rows: rows() })
    await expect(buffer(file.body)).rejects.toThrow('the database is gone')
  })

  it('says in a sheet of its own how many rows there are, and refuses more than a sheet can hold', async () => {
    const about = [['筛选条件', '区域：木镇镇']] as const
    const rows = [
      ['1', 'a'],
      ['2', 'b'],
    ] as const
    const book = await read(
      await buffer((await tableFile(context, { name: 'a', title: '清单', columns, rows, about })).body),
    )
    const lines: unknown[] = []
    book.worksheets[1]?.eachRow((row) => lines.push([row.getCell(1).value, row.getCell(2).value]))
    expect(lines).toEqual([
      ['项目', '内容'],
      ['行数', 2],
      ['筛选条件', '区域：木镇镇'],
    ])
    const many = { name: 'a', title: 'a', columns, rows, total: 1_048_576 }
    await expect(tableFile(context, many)).rejects.toThrow('1048575')
  })
})
