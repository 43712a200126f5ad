import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bigrams, nameKey, neutraliseFormula, normaliseLines, normaliseText, similarity } from './text.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 40 })
const chinese = fc.string({ unit: fc.constantFrom(...'青阳县永源燃气有限公司股份（）() 　示例分'), maxLength: 20 })

describe('normaliseText', () => {
  it('makes letters and digits half-width and keeps Chinese punctuation', () => {
    expect(normaliseText('　ＧＢ３５１８１－２０２５，第（３）条：“①”。')).toBe('GB35181-2025，第（3）条：“①”。')
    expect(normaliseText('１０％；５０㎡！')).toBe('10%；50㎡！')
    expect(normaliseText('矿安〔2022〕88号')).toBe('矿安〔2022〕88号')
    expect(normaliseText('⼀个⽕源')).toBe('一个火源')
  })

  it('removes what cannot be seen and collapses blanks', () => {
    expect(normaliseText('青阳\u200b县\ufeff永\u00ad源\u0000')).toBe('青阳县永源')
    expect(normaliseText(' 张\t 三　\u00a0李四 \r\n王五 ')).toBe('张 三 李四 王五')
    expect(normaliseText('a\ud800b')).toBe('ab')
    expect(normaliseText('\u3000 \u200b')).toBe('')
  })

  it('keeps lines where the field has lines', () => {
    expect(normaliseLines(' 一、电气 \r\n\r\n\r\n\r\n二、通道\u2028三、 出口 \n')).toBe(
      '一、电气\n\n二、通道\n三、 出口',
    )
  })

  it('is idempotent and leaves nothing the database refuses', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = normaliseText(text)
        expect(normaliseText(once)).toBe(once)
        expect(once).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]|\s\s|^\s|\s$/u)
        const lines = normaliseLines(text)
        expect(normaliseLines(lines)).toBe(lines)
        expect(lines).not.toMatch(/[^\P{Cc}\n]|\p{Cs}|\n{3}/u)
      }),
      { numRuns: 500 },
    )
  })
})

describe('nameKey', () => {
  it('sees one unit behind the spellings of a ledger', () => {
    const spellings = [
      '青阳县永源燃气有限公司（示例）',
      '青阳县永源燃气有限责任公司 ',
      '安徽省池州市青阳县永源燃气公司(示例)',
      '永源燃气股份有限公司',
      '永源　燃气有限公司',
      '永源（燃气）有限公司',
    ]
    expect(new Set(spellings.map((name) => nameKey(name)))).toEqual(new Set(['永源燃气']))
  })

  it('keeps apart what is not one unit', () => {
    expect(nameKey('安徽宏盛镁业有限公司青阳分公司')).toBe('安徽宏盛镁业青阳分公司')
    expect(nameKey('青阳县宏盛镁业有限公司')).not.toBe(nameKey('青阳县宏盛铝业有限公司'))
    expect(nameKey('家乐超市')).toBe('家乐超市')
    expect(nameKey('青阳县老街饭店')).toBe('老街饭店')
  })

  it('never makes a name disappear', () => {
    expect(nameKey('有限公司')).toBe('有限公司')
    expect(nameKey('青阳县')).toBe('青阳县')
    expect(nameKey('南陵县宏远有限公司')).toBe('宏远')
    expect(nameKey('惠民超市东山店')).toBe('惠民超市东山店')
  })

  it('does not depend on how a name is typed', () => {
    fc.assert(
      fc.property(chinese, (name) => {
        const key = nameKey(name)
        expect(key).not.toMatch(/[\s（）()]/)
        expect(nameKey(` ${name}　`)).toBe(key)
        expect(nameKey(name.replaceAll('（', '(').replaceAll('）', ')'))).toBe(key)
      }),
    )
  })
})

describe('similarity', () => {
  it('counts shared pairs', () => {
    expect(bigrams('消防通道')).toEqual(['消防', '防通', '通道'])
    expect(bigrams('矿')).toEqual(['矿'])
    expect(bigrams('𠮷野家')).toEqual(['𠮷野', '野家'])
    expect(similarity('永源燃气', '永源燃汽')).toBeCloseTo(4 / 6)
    expect(similarity('哈哈哈', '哈哈')).toBeCloseTo(2 / 3)
    expect(similarity('燃气', '消防')).toBe(0)
    expect(similarity('', '')).toBe(0)
  })

  it('is symmetric, between 0 and 1, and 1 for a text and itself', () => {
    fc.assert(
      fc.property(chinese, chinese, (a, b) => {
        const value = similarity(a, b)
        expect(value).toBe(similarity(b, a))
        expect(value >= 0 && value <= 1).toBe(true)
        expect(similarity(a, a)).toBe(a === '' ? 0 : 1)
      }),
    )
  })
})

describe('neutraliseFormula', () => {
  it('disarms what a spreadsheet would run', () => {
    expect(neutraliseFormula('=HYPERLINK("http://x","点我")仓库')).toBe('\'=HYPERLINK("http://x","点我")仓库')
    for (const text of ['+1', '-1', '@a', '\tx', '\rx', '\nx', ' =1', '　＝1', '＠a', '\u200b=1']) {
      expect(neutraliseFormula(text)).toBe(`'${text}`)
    }
    for (const text of ['', '仓库=1', '2024-03-07', "'=1", '（-1）']) expect(neutraliseFormula(text)).toBe(text)
  })

  it('is idempotent and keeps the text', () => {
    const risky = fc.string({ unit: fc.constantFrom(..."=+-@＝ \t\r\n\u200b'a仓"), maxLength: 6 })
    fc.assert(
      fc.property(risky, (text) => {
        const safe = neutraliseFormula(text)
        expect(neutraliseFormula(safe)).toBe(safe)
        expect(safe.endsWith(text)).toBe(true)
        expect(safe).not.toMatch(/^[=+\-@＝\t\r\n]/)
      }),
    )
  })
})
