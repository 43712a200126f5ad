import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { box, film, lyingOffice, office, pdf, photo, program, taken, zipOf } from '#test/kit/upload/pictures.ts'
import { inspect } from './inspect.ts'

let folder: string
let jpeg: Buffer
let png: Buffer
let webp: Buffer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhiben-inspect-'))
  jpeg = await photo(1)
  png = await sharp(jpeg).png().toBuffer()
  webp = await sharp(jpeg).webp().toBuffer()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let serial = 0
/** The type that was found, or the words of the refusal. */
async function said(bytes: Buffer, name: string): Promise<string> {
  serial += 1
  const path = join(folder, String(serial))
  await writeFile(path, bytes)
  const found = await inspect(path, name)
  return 'refused' in found ? found.refused : found.type
}

const join2 = (...parts: (Buffer | string)[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1')))

/** A comment in a JPEG, which no viewer shows. */
function withComment(picture: Buffer, text: string): Buffer {
  const head = Buffer.from([0xff, 0xfe, 0, 0])
  head.writeUInt16BE(text.length + 2, 2)
  return join2(picture.subarray(0, 2), head, text, picture.subarray(2))
}

describe('what is taken', () => {
  it('is known by its bytes, whatever it is called', async () => {
    expect(await said(jpeg, 'a.exe')).toBe('image/jpeg')
    expect(await said(png, 'a.jpg')).toBe('image/png')
    expect(await said(webp, 'a')).toBe('image/webp')
    expect(await said(pdf(), 'a.jpg')).toBe('application/pdf')
    expect(await said(film(), 'a.mp4')).toBe('video/mp4')
    expect(await said(await office('docx'), 'a.zip')).toMatch(/wordprocessingml\.document$/)
    expect(await said(await office('xlsx'), 'a.docx')).toMatch(/spreadsheetml\.sheet$/)
    expect(await said(Buffer.from('序号,隐患\n1,电线老化\n'), '台账.csv')).toBe('text/csv')
    expect(await said(Buffer.from([0xd0, 0xf2, 0xba, 0xc5, 0x2c, 0x31]), 'GBK台账.csv')).toBe('text/csv')
    expect(await said(Buffer.from('id: gas-2027\ntitle: 标准\n'), '标准.yml')).toBe('application/yaml')
    expect(await said(Buffer.from('BM,unit\n1,2\n'), 'a.csv')).toBe('text/csv')
  })

  it('are pictures with everything phones write into and behind them', async () => {
    const second = await photo(2)
    const film4 = film(box('free', Buffer.alloc(30)))
    const zone = { at: '2026:11:20 08:00:00', zone: '+08:00', lng: 117.8, lat: 30.6, orientation: 6 }
    const progressive = await sharp(jpeg).jpeg({ progressive: true }).toBuffer()
    for (const picture of [
      await taken(jpeg, zone),
      progressive,
      // Huawei, Samsung and Google: the film of a living photo; Apple: a second picture; vivo and OPPO: their own notes.
      join2(jpeg, film4, 'LIVE_3020000        '),
      join2(jpeg, film4, 'SEFHe\0\0\0SEFT'),
      join2(jpeg, second),
      join2(jpeg, 'vivo{"RGBArea":{"rect":"0,0,4000,3000"}}cameraalbum'),
      join2(jpeg, Buffer.alloc(4096)),
    ]) {
      expect(await said(picture, 'IMG_0001.jpg')).toBe('image/jpeg')
    }
  })
})

describe('what is not taken, in words', () => {
  it('a program named .jpg', async () => {
    expect(await said(program, '现场.jpg')).toMatch(
      /^“现场\.jpg”实际上是可执行程序，只是改名成了 \.jpg，不能上传。可以上传照片/,
    )
    expect(await said(join2('\x7fELF\x02\x01\x01', Buffer.alloc(200)), 'a.pdf')).toContain('可执行程序')
    expect(await said(program, 'setup.exe')).toMatch(/实际上是可执行程序，不能上传/)
  })

  it('SVG and web pages, also as text with another name', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for (const text of [
      svg,
      `<?xml version="1.0"?>${svg}`,
      `\ufeff  ${svg}`,
      '<!doctype html><script>alert(1)</script>',
    ]) {
      for (const name of ['a.svg', 'a.jpg', 'a.csv', 'a.txt', 'a.yaml']) {
        expect(await said(Buffer.from(text), name)).toMatch(/是网页或 SVG 图形，可能带有脚本，不能上传/)
      }
    }
    expect(await said(Buffer.from('#!/bin/sh\nrm -rf /\n'), 'a.csv')).toContain('格式无法识别')
  })

  it('HEIC, with the way to a photo that can be shown', async () => {
    const heic = join2('\0\0\0\x18ftypheic\0\0\0\0mif1heic', Buffer.alloc(200))
    expect(await said(heic, 'IMG_1.HEIC')).toMatch(/苹果手机的 HEIC 照片，本系统打不开。请点“拍照”.*兼容性最佳/)
  })

  it('old, locked and other office files, and archives', async () => {
    expect(await said(join2('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', Buffer.alloc(600)), '台账.xls')).toMatch(
      /旧版或加密的 Office 文件.*另存为 \.docx 或 \.xlsx/,
    )
    expect(await said(await office('pptx'), 'a.pptx')).toMatch(/不是 Word 或 Excel 文档.*导出为 PDF/)
    expect(await said(await zipOf({ 'a.txt': 'x' }), 'a.docx')).toMatch(/是压缩包，不能上传。请解压后/)
    expect(await said(gzipSync('x'), 'a.gz')).toContain('GZ 格式')
    expect(await said(Buffer.from('GIF89a=1;alert(1)//', 'latin1'), 'a.jpg')).toContain('GIF 格式')
  })

  it('documents with macros, by their list of contents or by what lies in them', async () => {
    expect(await said(await office('docm'), 'a.docx')).toMatch(/“a\.docx”带有宏/)
    expect(await said(await office('xlsx', { 'xl/vbaProject.bin': 'x' }), 'a.xlsx')).toContain('带有宏')
    expect(await said(await office('xlsx', { 'xl/macrosheets/sheet1.xml': '<x/>' }), 'a.xlsx')).toContain('带有宏')
  })
})

describe('a bomb', () => {
  it('in an office file is refused by what its directory says', async () => {
    const zeros = await office('xlsx', { 'xl/worksheets/sheet1.xml': Buffer.alloc(40_000_000) })
    expect(zeros.length).toBeLessThan(60_000)
    expect(await said(zeros, 'a.xlsx')).toMatch(/解开后大得不正常/)
  })

  it('in an office file whose directory lies is refused by what comes out', async () => {
    expect(await said(await lyingOffice(64, 64), 'a.docx')).toMatch(/wordprocessingml/)
    expect(await said(await lyingOffice(64, 50_000_000), 'a.docx')).toMatch(/已损坏，无法作为 Word 或 Excel/)
  })
})

describe('a file that is two things', () => {
  it('a picture and an archive', async () => {
    const zip = await zipOf({ 'a.exe': program })
    for (const [picture, name] of [
      [jpeg, 'a.jpg'],
      [png, 'a.png'],
      [webp, 'a.webp'],
    ] as const) {
      expect(await said(join2(picture, zip), name)).toMatch(
        new RegExp(`“${name}”里面夹带了压缩包，不能上传。请重新拍摄`),
      )
    }
    // Unpackers forgive a few bytes behind the archive, and find one that lies in the description of the picture.
    expect(await said(join2(jpeg, zip, Buffer.alloc(20)), 'a.jpg')).toContain('夹带了压缩包')
    expect(await said(withComment(jpeg, zip.toString('latin1')), 'a.jpg')).toContain('夹带了压缩包')
    expect(await said(join2(jpeg, 'Rar!\x1a\x07\x01\x00'), 'a.jpg')).toContain('夹带了压缩包')
    expect(await said(join2(png, '7z\xbc\xaf\x27\x1c\0\x04'), 'a.png')).toContain('夹带了压缩包')
  })

  it('a picture and a program, a page or a PDF', async () => {
    expect(await said(join2(jpeg, program), 'a.jpg')).toContain('夹带了可执行程序')
    expect(await said(join2(png, Buffer.alloc(9), program), 'a.png')).toContain('夹带了可执行程序')
    expect(await said(join2(jpeg, '\x7fELF\x02\x01'), 'a.jpg')).toContain('夹带了可执行程序')
    expect(await said(join2(jpeg, '<html><script>alert(1)</script>'), 'a.jpg')).toContain('夹带了网页脚本')
    expect(await said(withComment(jpeg, '<script>alert(1)</script>'), 'a.jpg')).toContain('夹带了网页脚本')
    expect(await said(withComment(jpeg, '<?php system($_GET[0]);'), 'a.jpg')).toContain('夹带了网页脚本')
    expect(await said(withComment(jpeg, '%PDF-1.4 1 0 obj'), 'a.jpg')).toContain('夹带了PDF 文档')
    expect(await said(join2(jpeg, pdf()), 'a.jpg')).toContain('夹带了PDF 文档')
  })

  it('a PDF or a film and an archive', async () => {
    const zip = await zipOf({ 'a.exe': program })
    expect(await said(join2(pdf(), zip), 'a.pdf')).toMatch(/“a\.pdf”里面夹带了压缩包/)
    expect(await said(join2(pdf(), Buffer.alloc(3000, 'x')), 'a.pdf')).toMatch(/不是完整的 PDF|夹带了其他内容/)
    expect(await said(join2(film(), zip), 'a.mp4')).toMatch(/夹带了压缩包/)
    expect(await said(film(box('free', program)), 'a.mp4')).toMatch(/夹带了可执行程序/)
    expect(await said(join2(await office('docx'), '<script>'), 'a.docx')).toMatch(/已损坏/)
  })
})

describe('a file that is not whole', () => {
  it('is told as such', async () => {
    expect(await said(jpeg.subarray(0, jpeg.length - 200), 'a.jpg')).toMatch(/“a\.jpg”已损坏或不完整/)
    expect(await said(png.subarray(0, png.length - 200), 'a.png')).toMatch(/已损坏或不完整/)
    expect(await said(webp.subarray(0, webp.length - 200), 'a.webp')).toMatch(/已损坏或不完整/)
    expect(await said(film().subarray(0, 1000), 'a.mp4')).toMatch(/不完整/)
    expect(await said(box('ftyp', Buffer.from('isom\0\0\0\0isommp42', 'latin1')), 'a.mp4')).toMatch(/无法播放/)
    expect(await said(Buffer.from('%PDF-1.4\n1 0 obj'), 'a.pdf')).toMatch(/不是完整的 PDF 文件/)
    expect(await said((await office('docx')).subarray(0, 300), 'a.docx')).toMatch(/已损坏/)
  })
})
