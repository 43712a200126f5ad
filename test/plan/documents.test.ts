import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPlan } from '#capabilities/planreading/model/index.ts'
import { formatted } from '#platform/documents/numbering.ts'
import { readDocument } from '#platform/documents/read.ts'
import { docx, level, numbering, p, pdfOf, styled, tbl, tc, tr, wordXml } from '#test/kit/upload/documents.ts'
import { zipOf } from '#test/kit/upload/pictures.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhiben-documents-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function read(bytes: Buffer | string, name = 'a') {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return readDocument(path)
}
const textsOf = async (bytes: Buffer) => {
  const found = await read(bytes)
  return typeof found === 'string' ? found.split('\n') : found.map(({ text }) => text)
}
const refused = (bytes: Buffer | string) => read(bytes).then(String, (error: Error) => error.message)

describe('a Word document', () => {
  it('has the numbers its lists only count, levels within levels, and lists that begin anew', async () => {
    const levels =
      level(0, 'chineseCountingThousand', '%1、') + level(1, 'chineseCounting', '（%2）') + level(2, 'decimal', '%3.')
    const lists = numbering(
      { 1: levels, 2: level(0, 'decimal', '%1.%2') + level(1, 'decimal', '%1.%2') },
      {
        1: '<w:abstractNumId w:val="1"/>',
        2: '<w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>',
      },
    )
    const body = [
      p('总体要求', { id: 1 }),
      p('主要任务', { id: 1 }),
      p('责任行动', { id: 1, level: 1 }),
      p('压实责任', { id: 1, level: 2 }),
      p('开展督导', { id: 1, level: 2 }),
      p('整治行动', { id: 1, level: 1 }),
      p('排查', { id: 1, level: 2 }),
      p('另一份', { id: 2 }),
      p('没有编号'),
    ].join('')
    expect(await textsOf(await docx(body, { 'word/numbering.xml': lists }))).toEqual([
      '一、总体要求',
      '二、主要任务',
      '（一）责任行动',
      '1.压实责任',
      '2.开展督导',
      '（二）整治行动',
      '1.排查',
      '一、另一份',
      '没有编号',
    ])
  })

  it('takes a number from the paragraph style, and from the style that one is based on', async () => {
    const lists = numbering({ 1: level(0, 'chineseCounting', '第%1条') }, { 7: '<w:abstractNumId w:val="1"/>' })
    const styles = `<w:styles ${wordXml}><w:style w:styleId="A"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>`
    const parts = { 'word/numbering.xml': lists, 'word/styles.xml': styles }
    expect(await textsOf(await docx(styled('总则', 'A') + styled('范围', 'B'), parts))).toEqual([
      '第一条总则',
      '第二条范围',
    ])
  })

  it('keeps rows, merged cells, and lines of a cell', async () => {
    const table = tbl(
      tr(tc('序号'), tc('重点任务'), tc('牵头单位'), tc('配合单位')),
      tr(tc('1'), tc('督导'), tc('县安委办', '<w:vMerge w:val="restart"/>'), tc('县应急局\n县公安局')),
      tr(tc('2'), tc('通报'), tc('', '<w:vMerge/>'), tc('—')),
      tr(tc('合计', '<w:gridSpan w:val="2"/>'), tc('两项'), tc('')),
    )
    const found = await read(await docx(p('任务分工表') + table))
    expect(Array.isArray(found) && found.map(({ cells }) => cells)).toEqual([
      undefined,
      ['序号', '重点任务', '牵头单位', '配合单位'],
      ['1', '督导', '县安委办', '县应急局、县公安局'],
      ['2', '通报', '县安委办', '—'],
      ['合计', '', '两项', ''],
    ])
    const { rows } = readPlan(found)
    expect(
      rows.map(({ task, who }) => `${task}：${who.map(({ role, body }) => `${role} ${body}`).join('、')}`),
    ).toEqual(['督导：lead 县安委办、assisting 县应急局、assisting 县公安局', '通报：lead 县安委办'])
  })

  it('leaves out what was deleted or moved away, and reads a text box once', async () => {
    const moved =
      '<w:p><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:ins><w:r><w:t>留下</w:t></w:r></w:ins></w:p>'
    const box = `<w:p><w:r><mc:AlternateContent><mc:Choice>${p('框内')}</mc:Choice><mc:Fallback>${p('框内')}</mc:Fallback></mc:AlternateContent></w:r></w:p>`
    expect(await textsOf(await docx(moved + box))).toEqual(['留下', '框内'])
  })

  it.each([
    ['a zip of something else', () => zipOf({ 'a.txt': 'x' }), '不是 Word、PDF 或文本文件'],
    ['one cut off', async () => (await docx(p('正文'))).subarray(0, 200), 'Word 文件已损坏'],
    ['broken XML', () => docx('<w:p><w:r>'), 'Word 文件已损坏'],
    ['entities', () => docx(p('正文'), { 'word/numbering.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a/>' }), '不允许的定义'],
    ['an old .doc', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), '旧版 .doc'],
    [
      'a password',
      () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      '打开密码',
    ],
    ['no text', () => docx('<w:p/>'), '没有文字'],
    ['a picture', () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), '不是 Word、PDF 或文本文件'],
  ])('refuses %s in words', async (_what, make, words) => expect(await refused(await make())).toContain(words))

  it('writes numbers as Word does', () => {
    const of = (format: string) => [1, 10, 11, 20, 105, 110].map((number) => formatted(number, format))
    expect(of('chineseCounting')).toEqual(['一', '十', '十一', '二十', '一百零五', '一百一十'])
    expect(of('upperRoman').slice(0, 3)).toEqual(['I', 'X', 'XI'])
    expect(formatted(3, 'decimalEnclosedCircleChinese')).toBe('③')
    expect(formatted(12, 'ideographDigital')).toBe('一二')
    expect(formatted(7, 'somethingNew')).toBe('7')
  })
})

describe('a PDF', () => {
  const page = [
    '某县安全生产治本攻坚三年行动方案',
    '一、主要任务',
    '（一）责任落实行动',
    '1.开展督导。2024年6月底前完成。',
    '2.开展排查。每季度不少于1次。',
  ].map((text) => ({ text }))

  it('is read line by line, page by page, and columns stay apart', async () => {
    const table = [{ text: '重点任务' }, { text: '督导', x: 96 }]
    const found = await read(pdfOf([page, [...page.slice(0, 1), ...table]]))
    const text = String(found)
    expect(text.split('\f')).toHaveLength(2)
    expect(text.split('\n').slice(0, 4)).toEqual(page.slice(0, 4).map((line) => line.text))
    expect(text).toContain('    督导')
    expect(readPlan(text).counts).toMatchObject({ actions: 1, measures: 2, deadlines: 1, frequencies: 1 })
  })

  it.each([
    ['a scan', () => pdfOf([[], []]), '没有文字，多半是扫描件'],
    ['a password', () => pdfOf([page], true), '打开密码'],
    ['more than 300 pages', () => pdfOf(Array.from({ length: 301 }, () => page.slice(0, 1))), '超过 300 页'],
    ['a broken one', () => Buffer.from('%PDF-1.4\nnothing of it'), 'PDF 已损坏'],
  ])('refuses %s in words', async (_what, make, words) => expect(await refused(make())).toContain(words))
})

describe('a text file', () => {
  it.each([
    ['UTF-8', Buffer.from('一、总体要求')],
    ['GB 18030', Buffer.from('d2bba1a2d7dccce5d2aac7f3', 'hex')],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('一、总体要求', 'utf16le')])],
  ])('is read as %s', async (_name, bytes) => expect(await read(bytes)).toBe('一、总体要求'))
  it('refuses what is empty or no text', async () => {
    expect(await refused(' \n')).toContain('没有文字')
    expect(await refused(Buffer.from([1, 2, 0, 3]))).toContain('不是 Word、PDF 或文本文件')
  })
})
