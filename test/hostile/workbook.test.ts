import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readLedger } from '#capabilities/ledgerimport/server/read.ts'
import { Problem } from '#kernel/errors.ts'
import { inspect } from '#platform/files/contents/inspect.ts'
import { office, zipOf } from '#test/kit/upload/pictures.ts'

let folder: string
let serial = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhiben-workbook-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const book = `<workbook ${main} ${relations}><sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>`
const rels = (more = '') =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/>${more}</Relationships>`

interface Parts {
  readonly rows?: string
  readonly after?: string
  readonly more?: Readonly<Record<string, string | Buffer>>
}

const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
const row = (...texts: string[]) => `<row>${texts.map(cell).join('')}</row>`
const heading = row('乡镇', '单位名称', '行业领域', '重大事故隐患内容', '发现时间')

/** A workbook as a program would write it, but for the parts that are given. */
const workbook = ({ rows = '', after = '', more = {} }: Parts) =>
  office('xlsx', {
    'xl/workbook.xml': book,
    'xl/_rels/workbook.xml.rels': rels(),
    'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData>${heading}${rows}</sheetData>${after}</worksheet>`,
    ...more,
  })

async function stored(bytes: Buffer): Promise<string> {
  serial += 1
  const path = join(folder, `${serial}.xlsx`)
  await writeFile(path, bytes)
  return path
}

const wanted = { sheet: null, header: null, maxRows: 20_000 }
const read = async (bytes: Buffer, kind: 'xlsx' | 'csv' = 'xlsx') =>
  readLedger({ path: await stored(bytes), kind }, wanted)

/** The code of the refusal. */
async function refusal(bytes: Buffer): Promise<string> {
  try {
    await read(bytes)
    return 'accepted'
  } catch (error) {
    if (error instanceof Problem) return error.def.code
    throw error
  }
}

const textsOf = ({ rows }: Awaited<ReturnType<typeof read>>) => rows.map(({ cells }) => cells.map(({ value }) => value))

describe('a workbook whose XML', () => {
  it('defines entities that laugh a billion times, or name a file, is refused before one is expanded', async () => {
    const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')
    const types = [
      `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]>`,
      '<!DOCTYPE a [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    ]
    for (const type of types) {
      const sheet = `<?xml version="1.0"?>${type}<worksheet ${main}><sheetData>${heading}${row('&l9;')}</sheetData></worksheet>`
      expect(await refusal(await workbook({ more: { 'xl/worksheets/sheet1.xml': sheet } }))).toBe('excel.unsafe')
      const strings = `${type}<sst ${main}><si><t>&l9;</t></si></sst>`
      expect(await refusal(await workbook({ more: { 'xl/sharedStrings.xml': strings } }))).toBe('excel.unsafe')
      expect(await refusal(await workbook({ more: { 'xl/workbook.xml': type + book } }))).toBe('excel.unsafe')
    }
  })

  it('uses an entity nobody defined, or ends in the middle, is refused', async () => {
    expect(await refusal(await workbook({ rows: row('&l9;') }))).toBe('excel.notWorkbook')
    expect(await refusal(await workbook({ more: { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData>' } }))).toBe(
      'excel.notWorkbook',
    )
  })

  it('holds signs that the database cannot keep comes in without them', async () => {
    const ledger = await read(await workbook({ rows: row('木镇_x0000_镇', '_xD800_东山', '_x000D_厂') }))
    expect(textsOf(ledger)).toEqual([['木镇镇', '\ufffd东山', '\r厂']])
    const late = Buffer.concat([
      Buffer.from('乡镇,单位名称,行业领域,重大事故隐患内容,发现时间\n'),
      Buffer.from('木镇镇,东山厂,工贸,电焊工没有特种作业操作证上岗作业,2024-05-06\n'.repeat(19_000)),
      Buffer.from('木镇\0镇,东山厂,工贸,无证,2024-05-06\n'),
    ])
    expect((await read(late, 'csv')).rows.at(-1)?.cells[0]?.value).toBe('木镇镇')
  })
})

describe('a workbook that points outside', () => {
  it('is read without anything being fetched', async () => {
    let asked = 0
    const server = createServer((_request, response) => {
      asked += 1
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.xlsx`
    const external = (id: string, type: string) =>
      `<Relationship Id="${id}" Type="${type}" Target="${url}" TargetMode="External"/>`
    const bytes = await workbook({
      rows: `<row><c t="str"><f>WEBSERVICE("${url}")</f><v>木镇镇</v></c><c><f>[1]Sheet1!A1</f><v>7</v></c></row>`,
      after: '<hyperlinks><hyperlink ref="A1" r:id="rId9"/></hyperlinks>',
      more: {
        'xl/_rels/workbook.xml.rels': rels(external('rId2', 'externalLinkPath') + external('rId3', 'attachedTemplate')),
        'xl/externalLinks/externalLink1.xml': `<externalLink ${main}/>`,
        'xl/externalLinks/_rels/externalLink1.xml.rels': rels(external('rId1', 'externalLinkPath')),
        'xl/connections.xml': `<connections ${main}><connection id="1" name="a"><webPr url="${url}"/></connection></connections>`,
      },
    })
    const path = await stored(bytes)
    // Formulas are never worked out: what comes in is the value the file was saved with.
    expect(textsOf(await readLedger({ path, kind: 'xlsx' }, wanted))).toEqual([['木镇镇', 7]])
    expect(await inspect(path, 'a.xlsx')).toMatchObject({ image: false })
    server.close()
    expect(asked).toBe(0)
  })

  it('cannot name a part outside of itself', async () => {
    for (const target of ['../../../../etc/passwd', '/etc/passwd', 'file:///etc/passwd']) {
      const relation = rels().replace('worksheets/sheet1.xml', target)
      expect(await refusal(await workbook({ more: { 'xl/_rels/workbook.xml.rels': relation } }))).toBe(
        'ledgerimport.sheetUnknown',
      )
    }
    const climbing = await zipOf({ a: 'x', 'b/../../etc/passwd': 'x' }).catch((error: unknown) => String(error))
    // Even a zip that names such a part is only ever read by name, and nothing of it is written to the disk.
    expect(climbing).toMatch(/relative path/)
  })
})

describe('a workbook without measure', () => {
  it('of 1,048,576 rows is refused as soon as there are too many, in little memory', { timeout: 120_000 }, async () => {
    const parts = Array.from({ length: 1024 }, (_, block) =>
      Array.from({ length: 1024 }, (_, at) => {
        const r = block * 1024 + at + 1
        return r === 1 ? heading : `<row r="${r}"><c r="A${r}"><v>${r}</v></c></row>`
      }).join(''),
    )
    const sheet = `<worksheet ${main}><sheetData>${parts.join('')}</sheetData></worksheet>`
    const bytes = await workbook({ more: { 'xl/worksheets/sheet1.xml': sheet } })
    const before = process.memoryUsage().rss
    await expect(read(bytes)).rejects.toMatchObject({ def: { code: 'ledgerimport.tooManyRows' } })
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
  })

  it('that only says it has so many rows, or so many columns, is refused too', async () => {
    expect(await refusal(await workbook({ rows: '<row r="1048577"><c><v>1</v></c></row>' }))).toBe('excel.tooLarge')
    expect(await refusal(await workbook({ rows: '<row r="1048576"><c><v>1</v></c></row>' }))).toBe(
      'ledgerimport.tooManyRows',
    )
    expect(await refusal(await workbook({ rows: '<row r="x"><c><v>1</v></c></row>' }))).toBe('excel.tooLarge')
    expect(await refusal(await workbook({ rows: `<row>${'<c><v>1</v></c>'.repeat(16_385)}</row>` }))).toBe(
      'excel.tooLarge',
    )
  })

  it('cannot fill the memory with the text of one cell', async () => {
    // What packs at less than a hundred to one, as a bomb would that wants to pass.
    const long = Array.from({ length: 300_000 }, (_, at) => at.toString(36)).join('')
    expect(await refusal(await workbook({ rows: row(long) }))).toBe('excel.tooLarge')
    const strings = `<sst ${main}><si><t>${long}</t></si></sst>`
    expect(await refusal(await workbook({ more: { 'xl/sharedStrings.xml': strings } }))).toBe('excel.tooLarge')
  })

  it('cannot keep the server busy with cells merged a hundred thousand times', { timeout: 60_000 }, async () => {
    const rows = Array.from({ length: 19_000 }, (_, at) => row('', `${at}`)).join('')
    const merges = [
      '<mergeCell ref="A2:A19001"/>'.repeat(50_000),
      ...Array.from({ length: 50_000 }, (_, at) => `<mergeCell ref="${['A', 'B', 'ZZ'][at % 3]}1:ZZZ3"/>`),
    ].join('')
    const began = process.cpuUsage()
    const ledger = await read(await workbook({ rows, after: `<mergeCells>${merges}</mergeCells>` }))
    expect(ledger.rows.length).toBe(19_000)
    // Time of this process alone, which other work of the machine does not lengthen.
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(15)
  })
})
