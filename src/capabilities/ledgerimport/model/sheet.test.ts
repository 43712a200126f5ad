import { describe, expect, it } from 'vitest'
import { proposeColumns } from './fields.ts'
import { hintsOf } from './hints.ts'
import { findHeader, headerAt, type Merge, type RawRow } from './sheet.ts'

const rows = (...lines: readonly (readonly (string | null)[])[]): RawRow[] =>
  lines.map((line, at) => ({
    row: at + 1,
    cells: line.flatMap((value, col) => (value === null ? [] : [{ col: col + 1, value, date: false }])),
  }))
const headings = (lines: RawRow[], merges: Merge[] = []) => {
  const header = findHeader(lines, merges)
  return header && { at: [header.first, header.last], names: header.columns.map(({ heading }) => heading) }
}
const block = (top: number, left: number, bottom: number, right: number): Merge => ({ top, left, bottom, right })

describe('finding the header', () => {
  it('reads two merged rows below title lines', () => {
    const lines = rows(
      ['重大事故隐患清单'],
      ['填报单位：某镇'],
      ['乡镇', '单位名称', '隐患内容', '整改情况', null, '备注'],
      [null, null, null, '责任人', '时限'],
      ['木镇镇', '甲厂', '乙', '丙', '丁'],
    )
    const merges = [block(1, 1, 1, 6), block(3, 1, 4, 1), block(3, 4, 3, 5), block(3, 6, 4, 6)]
    expect(headings(lines, merges)).toEqual({
      at: [3, 4],
      names: ['乡镇', '单位名称', '隐患内容', '整改情况／责任人', '整改情况／时限', '备注'],
    })
  })

  it('reads two rows without merges, as a CSV has them', () => {
    const lines = rows(
      ['乡镇', '单位名称', '隐患内容', '五落实', null, '备注'],
      [null, null, null, '责任人', '整改时限'],
      ['木镇镇', '甲厂', '乙', '丙', '丁'],
    )
    expect(headings(lines)?.at).toEqual([1, 2])
  })

  it('takes groups above the names, and a heading that stands only above', () => {
    const lines = rows(
      ['基本情况', null, null, '隐患情况', null, '备注'],
      ['乡镇', '单位名称', '行业领域', '隐患内容', '发现时间', null],
      ['木镇镇', '甲厂', '工贸', '乙', '丙', '丁'],
    )
    const found = headings(lines, [block(1, 1, 1, 3), block(1, 4, 1, 5), block(1, 6, 2, 6)])
    expect(found?.at).toEqual([1, 2])
    expect(found?.names.at(0)).toBe('基本情况／乡镇')
    expect(found?.names.at(-1)).toBe('备注')
    expect(headings(lines)?.at).toEqual([1, 2])
  })

  it('finds none among unknown words, and then reads the rows a person names', () => {
    const lines = rows(['台账'], ['地点', '对象', '毛病'], ['木镇镇', '甲厂', '乙'])
    expect(findHeader(lines, [])).toBeUndefined()
    expect(headerAt(lines, [], 2, 2)).toMatchObject({
      titles: ['台账'],
      columns: [{ col: 1, heading: '地点' }, {}, {}],
    })
  })
})

describe('what the sheet says of all rows', () => {
  const hints = (name: string, titles: string[], names: string[]) => {
    const header = names.map((heading, at) => ({ col: at + 1, heading }))
    return hintsOf({ name, titles, header }, proposeColumns(header))
  }
  it('takes the unit of money from the heading, else from a title line, else from nobody', () => {
    expect(hints('表', [], ['整改资金（元）']).fundsUnit).toBe('元')
    expect(hints('表', [], ['五落实／整改资金 （万元）']).fundsUnit).toBe('万元')
    expect(hints('表', ['填报单位：某镇', '单位：万元'], ['整改资金']).fundsUnit).toBe('万元')
    expect(hints('表', ['填报单位：某镇'], ['整改资金']).fundsUnit).toBeUndefined()
  })
  it('takes all for major only where title or heading says so', () => {
    expect(hints('表', ['青阳县重大事故隐患清单'], ['隐患内容']).level).toBe('major')
    expect(hints('表', [], ['重大事故隐患内容']).level).toBe('major')
    expect(hints('隐患台账', ['安全隐患排查台账'], ['隐患内容']).level).toBeUndefined()
    expect(hints('表', ['重大事故隐患和一般隐患台账'], ['隐患内容']).level).toBeUndefined()
    expect(hints('表', ['非重大事故隐患台账'], ['隐患内容']).level).toBeUndefined()
    expect(hints('表', ['重大事故隐患清单'], ['隐患内容', '隐患等级']).level).toBeUndefined()
  })
})
