import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanFileName, dispositionOf, nameForType } from './names.ts'

describe('a sent file name', () => {
  it.each([
    ['现场照片 1.jpg', '现场照片 1.jpg'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\王\\照片.jpg', '照片.jpg'],
    ['a/b\\c.pdf', 'c.pdf'],
    ['照片\u202egpj.exe', '照片gpj.exe'],
    ['a\u0000.exe\u0000.jpg', 'a.exe.jpg'],
    ['行一\r\n行二.pdf', '行一行二.pdf'],
    ['a\u200b\ufeffb.jpg', 'ab.jpg'],
    ['<img src=x onerror="1">.jpg', '_img src=x onerror=_1__.jpg'],
    ['.htaccess', 'htaccess'],
    ['照片.jpg. . ', '照片.jpg'],
    ['CON.pdf', '_CON.pdf'],
    ['lpt1', '_lpt1'],
    ['control.pdf', 'control.pdf'],
    ['/', '未命名'],
    ['...', '未命名'],
    ['é.jpg', 'é.jpg'],
    ['\ud800.jpg', 'jpg'],
  ])('%j is kept as %j', (sent, kept) => expect(cleanFileName(sent)).toBe(kept))

  it('of 300 characters is cut between characters and keeps its ending', () => {
    const kept = cleanFileName(`${'隐患'.repeat(149)}𠮷.jpeg`)
    expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(200)
    expect(Buffer.byteLength(kept)).toBeGreaterThan(190)
    expect(kept).toMatch(/^(隐患)+隐?\.jpeg$/)
    expect(cleanFileName('𠮷'.repeat(300))).toBe('𠮷'.repeat(50))
  })

  it('whatever is sent comes out short, of one line, without a path, and unchanged by a second cleaning', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (sent) => {
        const kept = cleanFileName(sent)
        expect(kept).not.toBe('')
        expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(200)
        expect(kept).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        expect(cleanFileName(kept)).toBe(kept)
      }),
    )
  })
})

describe('the ending', () => {
  it.each([
    ['a.jpg', 'image/jpeg', 'a.jpg'],
    ['a.JPEG', 'image/jpeg', 'a.JPEG'],
    ['a.exe', 'image/jpeg', 'a.exe.jpg'],
    ['报告', 'application/pdf', '报告.pdf'],
    ['表.xlsm', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', '表.xlsm.xlsx'],
    ['a.txt', 'text/csv', 'a.txt'],
  ])('of %s sent as %s says what the bytes are', (name, type, kept) => expect(nameForType(name, type)).toBe(kept))
})

describe('Content-Disposition', () => {
  it('gives the real name in UTF-8 and a plain one, neither of which can leave its place', () => {
    expect(dispositionOf('inline', '现场 1.jpg')).toBe(
      `inline; filename="__ 1.jpg"; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%201.jpg`,
    )
    expect(dispositionOf('attachment', `a'b(1)*!.pdf`)).toBe(
      `attachment; filename="a'b(1)*!.pdf"; filename*=UTF-8''a%27b%281%29%2a%21.pdf`,
    )
  })

  it('is one header line for any cleaned name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (sent) => {
        expect(dispositionOf('attachment', cleanFileName(sent))).toMatch(
          /^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w.%~-]+$/,
        )
      }),
    )
  })
})
