import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { searchQuery, searchTokens } from './tokens.ts'

const matches = (text: string, query: string): boolean => {
  const words = searchTokens(text).split(' ')
  const terms = searchQuery(query).split(' & ').filter(Boolean)
  if (terms.length === 0) return false
  return terms.every((term) =>
    term.endsWith(':*') ? words.some((word) => word.startsWith(term.slice(0, -2))) : words.includes(term),
  )
}

describe('search tokens', () => {
  it('finds any part of a Chinese sentence, also across where a dictionary would cut', () => {
    const text = '青阳县丁桥镇化工厂储罐区可燃气体报警器未投入使用'
    for (const part of ['报警器', '体报', '罐', '未投入']) expect(matches(text, part)).toBe(true)
    expect(matches(text, '粉尘')).toBe(false)
  })
  it('finds numbers and Latin words from their beginning, whatever the width and case', () => {
    expect(matches('〔2026〕00123 LNG储配站', '00123')).toBe(true)
    expect(matches('LNG储配站', 'lng')).toBe(true)
    expect(matches('ＬＮＧ储配站', 'LN')).toBe(true)
  })
  it('leaves nothing of the query language to the person typing', () => {
    expect(searchQuery(`a' | b & !(c) <-> :*`)).toBe('a:* & b:* & c:*')
    expect(searchQuery('！？、')).toBe('')
  })
  it('finds every substring of every Han text', () => {
    const text = fc.array(fc.constantFrom(...'隐患整改销号燃气瓶装站点消防'), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(text, fc.nat(29), fc.integer({ min: 1, max: 8 }), (characters, from, length) => {
        const part = characters.slice(from, from + length).join('')
        return part === '' || matches(characters.join(''), part)
      }),
    )
  })

  it('cuts where Chinese follows digits or letters', () => {
    expect(searchTokens('第3号塔吊A区基坑').split(' ')).toEqual(
      expect.arrayContaining(['3', '塔吊', 'a', '区基', '基坑']),
    )
  })
})
