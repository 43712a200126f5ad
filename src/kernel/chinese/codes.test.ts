import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CodeCheck,
  checkCreditCode,
  checkIdNumber,
  checkMobilePhone,
  checkOrganisationCode,
  creditCodeCheckDigit,
  idNumberCheckDigit,
  maskIdNumber,
  maskName,
  maskPhone,
  normaliseCode,
  organisationCheckDigit,
} from './codes.ts'

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const characters = (length: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length })
const numeral = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))
const first17 = fc
  .tuple(fc.constantFrom('91', '92', '11', '52'), numeral(6), characters(9))
  .map((parts) => parts.join(''))

function reasonOf(check: CodeCheck): string {
  return check.ok ? '' : check.reason
}

function toFullWidth(text: string): string {
  return text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
}

describe('unified social credit code', () => {
  it('computes the verified examples', () => {
    expect(creditCodeCheckDigit('91350100M000100Y4')).toBe('3')
    expect(creditCodeCheckDigit('1114058101245507X')).toBe('U')
    expect(checkCreditCode('91350100M000100Y43')).toEqual({ ok: true, code: '91350100M000100Y43', warnings: [] })
    expect(checkCreditCode('1114058101245507XU').ok).toBe(true)
    expect(() => creditCodeCheckDigit('91350100M000100YO')).toThrow(RangeError)
    expect(() => creditCodeCheckDigit('9135')).toThrow(RangeError)
  })

  it('reads lower case, full-width and spaced codes', () => {
    for (const text of [
      '91350100m000100y43',
      '９１３５０１００Ｍ０００１００Ｙ４３',
      ' 91350100 M000100Y 43　',
      '91350100-M000100Y4-3',
    ]) {
      expect(checkCreditCode(text)).toMatchObject({ ok: true, code: '91350100M000100Y43' })
    }
  })

  it('says what is wrong and where', () => {
    expect(reasonOf(checkCreditCode(''))).toContain('未填写')
    expect(reasonOf(checkCreditCode('91350100M000100Y4'))).toContain('应为18位，现为17位')
    expect(reasonOf(checkCreditCode('9135O100M000100Y43'))).toMatch(/第5位“O”.*“0”/)
    expect(reasonOf(checkCreditCode('91350100M000100Y中3'))).toContain('第17位“中”')
    expect(reasonOf(checkCreditCode('91A50100M000100Y43'))).toContain('第3至8位')
    expect(reasonOf(checkCreditCode('91350100M000100Y44'))).toMatch(/应为“3”，现为“4”/)
  })

  it('only warns of a wrong organisation part', () => {
    const start = `91341723MA2ABCDE${organisationCheckDigit('MA2ABCDE') === '1' ? '2' : '1'}`
    const check = checkCreditCode(start + creditCodeCheckDigit(start))
    expect(check).toMatchObject({ ok: true, warnings: [expect.stringContaining('组织机构代码')] })
  })

  it('accepts every code it completes and refuses every single changed character', () => {
    fc.assert(
      fc.property(first17, fc.nat(17), fc.constantFrom(...alphabet), (start, at, other) => {
        const code = start + creditCodeCheckDigit(start)
        expect(checkCreditCode(toFullWidth(code.toLowerCase()))).toMatchObject({ ok: true, code })
        const changed = code.slice(0, at) + other + code.slice(at + 1)
        expect(checkCreditCode(changed).ok).toBe(changed === code)
      }),
      { numRuns: 300 },
    )
  })

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const check of [checkCreditCode, checkOrganisationCode, checkIdNumber, checkMobilePhone]) {
          const result = check(text)
          expect(result.ok || result.reason.length > 0).toBe(true)
        }
      }),
    )
  })
})

describe('organisation code', () => {
  it('checks its last character', () => {
    expect(organisationCheckDigit('01245507')).toBe('X')
    expect(organisationCheckDigit('M000100Y')).toBe('4')
    expect(checkOrganisationCode('01245507-x')).toEqual({ ok: true, code: '01245507X', warnings: [] })
    expect(reasonOf(checkOrganisationCode('012455071'))).toContain('校验不通过')
    expect(reasonOf(checkOrganisationCode('0124550'))).toContain('9位')
    expect(reasonOf(checkOrganisationCode('01245507A'))).toContain('末位')
    expect(reasonOf(checkOrganisationCode(' '))).toContain('未填写')
    expect(() => organisationCheckDigit('0124550')).toThrow(RangeError)
  })
})

describe('identity number', () => {
  it('computes the verified example', () => {
    expect(idNumberCheckDigit('11010519491231002')).toBe('X')
    expect(checkIdNumber('11010519491231002x')).toEqual({ ok: true, code: '11010519491231002X', warnings: [] })
    expect(checkIdNumber('１１０１０５１９４９１２３１００２Ｘ').ok).toBe(true)
  })

  it('says what is wrong', () => {
    const complete = (start: string) => start + idNumberCheckDigit(start)
    expect(reasonOf(checkIdNumber('110105194912310021'))).toContain('校验不通过')
    expect(reasonOf(checkIdNumber(complete('11010519490229002')))).toContain('出生日期')
    expect(reasonOf(checkIdNumber(complete('01010519491231002')))).toContain('地区码')
    expect(reasonOf(checkIdNumber(complete('11010520300101002'), '2026-11-24'))).toContain('晚于今天')
    expect(reasonOf(checkIdNumber('110105491231002'))).toContain('15位')
    expect(reasonOf(checkIdNumber('1101051949123100'))).toContain('现为16位')
    expect(reasonOf(checkIdNumber('1101051949123100AX'))).toContain('前17位')
    expect(reasonOf(checkIdNumber(''))).toContain('未填写')
    expect(checkIdNumber(complete('93415619900101002')).ok).toBe(true)
  })

  it('refuses every single changed digit', () => {
    const day = fc.date({ min: new Date('1930-01-01'), max: new Date('2010-01-01'), noInvalidDate: true })
    const start = fc
      .tuple(day, numeral(3))
      .map(([at, tail]) => `341723${at.toISOString().slice(0, 10).replaceAll('-', '')}${tail}`)
    fc.assert(
      fc.property(start, fc.nat(17), numeral(1), (first, at, other) => {
        const code = first + idNumberCheckDigit(first)
        expect(checkIdNumber(code).ok).toBe(true)
        const changed = code.slice(0, at) + other + code.slice(at + 1)
        expect(checkIdNumber(changed).ok).toBe(changed === code)
      }),
    )
  })
})

describe('mobile phone', () => {
  it('accepts the ways it is written', () => {
    for (const text of [
      '13988545667',
      '139 8854 5667',
      '139-8854-5667',
      '+86 13988545667',
      '008613988545667',
      '8613988545667',
      '１３９８８５４５６６７',
    ]) {
      expect(checkMobilePhone(text)).toEqual({ ok: true, code: '13988545667', warnings: [] })
    }
  })

  it('says what is wrong', () => {
    expect(reasonOf(checkMobilePhone('1398854566'))).toContain('现为10位')
    expect(reasonOf(checkMobilePhone('12988545667'))).toContain('13至19')
    expect(reasonOf(checkMobilePhone('1398854566a'))).toContain('只能是数字')
    expect(reasonOf(checkMobilePhone(''))).toContain('未填写')
  })
})

describe('masks', () => {
  it('shows the agreed part only', () => {
    expect(maskPhone('13988545667')).toBe('139****5667')
    expect(maskPhone('5021234')).toBe('*****34')
    expect(maskPhone('110')).toBe('***')
    expect(maskIdNumber('11010519491231002X')).toBe('110105**********2X')
    expect(maskIdNumber('110105491231002')).toBe('***************')
    expect([maskName('张三丰'), maskName('张'), maskName(''), maskName('𠮷三')]).toEqual(['张**', '*', '', '𠮷*'])
  })

  it('never shows more than asked, and keeps the length', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789X张'), maxLength: 25 }), (text) => {
        for (const [mask, shown] of [
          [maskPhone, 7],
          [maskIdNumber, 8],
          [maskName, 1],
        ] as const) {
          const masked = mask(text)
          expect(masked.length).toBe(text.length)
          expect(masked.replaceAll('*', '').length).toBeLessThanOrEqual(shown)
        }
      }),
    )
    expect(normaliseCode(' ａ-b\u200bC ')).toBe('ABC')
  })
})
