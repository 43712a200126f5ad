import { describe, expect, test } from 'vitest'
import type { Reference } from '../reference.ts'
import { indexReference } from '../routing.ts'
import { type ColumnMapping, exampleMark, type ImportDefaults, proposeColumns, readImportRow } from './units.ts'

const area = (code: string, name: string) => ({
  code,
  name,
  aliases: [],
  level: code.length === 9 ? ('town' as const) : ('village' as const),
  parentCode: code.slice(0, -3),
  supervised: true,
  bodyId: null,
  note: '',
  active: true,
})
const sector = (id: string, name: string) => ({ id, name, aliases: [], highRisk: false, note: '', active: true })
const reference: Reference = {
  county: '341723',
  officeBodyId: 'office',
  areas: [
    area('341723100', '蓉城镇'),
    area('341723101', '木镇镇'),
    area('341723100001', '东河社区'),
    area('341723101001', '东河社区'),
  ],
  bodies: [],
  sectors: [sector('mines', '矿山'), sector('gas', '燃气'), sector('industry', '工贸')],
  matrix: [],
  gaps: [],
}
const index = indexReference(reference)
const none: ImportDefaults = { area: null, sectors: [], scale: null, uncodedArePlaces: true, datum: 'wgs84' }
const rowOf = (mapping: ColumnMapping, defaults: ImportDefaults, cells: readonly string[]) =>
  readImportRow({ index, bounds: [117.6, 30.2, 118.2, 30.9], mapping, defaults }, cells)

describe('headings', () => {
  test('columns are found by the words offices use, also with notes behind them', () => {
    const header = ['序号', '企业名称*', '信用代码', '所属乡镇（街道）', '负责人', '负责人电话']
    expect(proposeColumns(header)).toEqual({ name: 1, creditCode: 2, area: 3, principal: 4, principalPhone: 5 })
  })

  test('an exact heading wins over one that only holds the word', () => {
    expect(proposeColumns(['主管单位名称备注', '单位名称']).name).toBe(1)
  })
})

describe('rows', () => {
  const mapping = { name: 0, area: 1, sectors: 2, scale: 3, tags: 4 }
  const read = (...cells: string[]) => rowOf(mapping, none, cells)

  test.each([
    ['木镇', '341723101'],
    ['青阳县蓉城镇东河社区', '341723100001'],
    ['341723101', '341723101'],
  ])('%s is the area %s', (text, code) => {
    expect(read('某店', text, '工贸', '小型', '').input?.area).toBe(code)
  })

  test('a village name that two towns have is asked about, not chosen', () => {
    expect(read('某店', '东河社区', '工贸', '小型', '').problems).toMatchObject([{ column: '所在乡镇' }])
  })

  test('several sectors stand in one cell, and near names are found', () => {
    expect(read('某店', '木镇镇', '城镇燃气、工贸', '小', '小场所').input).toMatchObject({
      sectors: ['gas', 'industry'],
      scale: 'small',
      tags: ['small'],
      kind: 'place',
    })
  })

  test('nothing is guessed: every empty or unknown cell is named, with the defaults as the way out', () => {
    const { problems } = read('某店', '', '天文', '', '红色')
    expect(problems.map((problem) => problem.column)).toEqual(['所在乡镇', '行业领域', '规模', '标签'])
    const defaults = { ...none, area: '341723101', sectors: ['mines'], scale: 'micro' as const }
    expect(rowOf(mapping, defaults, ['某店', '', '', '', '']).input).toMatchObject({
      area: '341723101',
      sectors: ['mines'],
      scale: 'micro',
    })
  })

  test('a row without a credit code becomes a place only by somebody’s word, a company never', () => {
    const ask = { ...none, uncodedArePlaces: false }
    const kinds = { ...mapping, kind: 5 }
    const row = (name: string, kind: string, defaults = ask) =>
      rowOf(kinds, defaults, [name, '木镇镇', '工贸', '小型', '', kind])
    expect(row('某店', '').problems).toMatchObject([{ column: '单位或场所' }])
    expect(row('某店', '场所').input?.kind).toBe('place')
    expect(row('某店', '', none).input?.kind).toBe('place')
    expect(row('某某有限公司', '', none).problems).toMatchObject([{ column: '单位或场所' }])
    expect(row('某某有限公司', '单位', none).problems).toMatchObject([{ column: '统一社会信用代码' }])
    expect(row('某店', '个体', none).problems[0]?.message).toContain('“个体”')
  })

  test('an example of the template left standing is refused', () => {
    expect(read(`示例店${exampleMark}`, '木镇镇', '工贸', '小型', '').problems).toMatchObject([{ column: '单位名称' }])
  })

  test('a wrong phone of the principal is told at its own column', () => {
    const withPhone = { ...mapping, principal: 5, principalPhone: 6 }
    const row = rowOf(withPhone, none, ['某店', '木镇镇', '工贸', '小型', '', '张三', '1385660'])
    expect(row.problems).toMatchObject([{ column: '主要负责人电话', message: expect.stringContaining('11位') }])
  })

  describe('a position', () => {
    const columns = { ...mapping, lng: 5, lat: 6, datum: 7 }
    const at = (lng: string, lat: string, datum = '', defaults = none) =>
      rowOf(columns, defaults, ['某店', '木镇镇', '工贸', '小型', '', lng, lat, datum])

    test('comes in as degrees or as degrees, minutes and seconds, and empty cells are no position', () => {
      expect(at('117.86', '30.63').input?.position).toEqual({ lng: 117.86, lat: 30.63 })
      expect(at('东经117°51′36″', '北纬30°37′48"').input?.position).toEqual({ lng: 117.86, lat: 30.63 })
      expect(at('117度51分36秒', '30.63N').input?.position).toEqual({ lng: 117.86, lat: 30.63 })
      expect(at('', '').input?.position).toBeNull()
    })

    test('of a map is brought to WGS-84, by the row’s own word before the word for the list', () => {
      const shifted = at('117.86', '30.63', '高德').input?.position
      expect(shifted?.lng).toBeCloseTo(117.8547, 3)
      expect(at('117.86', '30.63', '', { ...none, datum: 'gcj02' }).input?.position).toEqual(shifted)
      expect(at('117.86', '30.63', 'CGCS2000', { ...none, datum: 'gcj02' }).input?.position?.lng).toBe(117.86)
    })

    test.each([
      ['30.63', '117.86', '', '经度', '填反了'],
      ['116.4', '39.9', '', '经度', '不在本县范围内'],
      ['117.86', '', '', '纬度', '同时填写'],
      ['木镇', '30.63', '', '经度', '“木镇”不是经度'],
      ['117.86', '30.63', 'BD-09', '坐标系', '百度'],
    ])('%s, %s %s is told at %s', (lng, lat, datum, column, words) => {
      expect(at(lng, lat, datum).problems).toMatchObject([{ column, message: expect.stringContaining(words) }])
    })
  })
})
