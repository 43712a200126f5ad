import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, monthOf } from '#kernel/time.ts'
import { type Field, type FieldKind, faceOf, faces, type Lookup } from './index.ts'

const names: Readonly<Record<string, string>> = { '990101100': '东山镇', emergency: '应急局', industryTrade: '工贸' }
const unitId = '01900000-0000-7000-8000-000000000001'
const nameOf = (_kind: string, code: string) => (code === unitId ? '东山机械厂' : (names[code] ?? code))
const codeOf = (words: string) => Object.keys(names).find((code) => names[code] === words)
const lookup: Lookup = {
  area: codeOf,
  body: codeOf,
  sector: codeOf,
  unit: (words) => (words === '东山机械厂' ? unitId : undefined),
}

const options = { one: '甲', two: '乙', three: '丙' }
const base = { id: 'f', title: '字段' }
/** A field of every type: a new type without an example fails to compile. */
const fields: { readonly [K in FieldKind]: Extract<Field, { type: K }> } = {
  text: { ...base, type: 'text' },
  longText: { ...base, type: 'longText' },
  integer: { ...base, type: 'integer', unit: '个' },
  decimal: { ...base, type: 'decimal', unit: '千米' },
  money: { ...base, type: 'money' },
  day: { ...base, type: 'day' },
  month: { ...base, type: 'month' },
  yesNo: { ...base, type: 'yesNo' },
  choice: { ...base, type: 'choice', options },
  choices: { ...base, type: 'choices', options },
  area: { ...base, type: 'area' },
  body: { ...base, type: 'body' },
  sector: { ...base, type: 'sector' },
  unit: { ...base, type: 'unit' },
  person: { ...base, type: 'person' },
  phone: { ...base, type: 'phone' },
  position: { ...base, type: 'position' },
  attachment: { ...base, type: 'attachment' },
}

const han = fc.constantFrom(...'安全生产隐患整改矿山')
const words = fc.array(han, { minLength: 1, maxLength: 12 }).map((list) => list.join(''))
const anyDay = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1980-01-01', days))
const mobile = fc.integer({ min: 0, max: 99_999_999 }).map((number) => `138${String(number).padStart(8, '0')}`)
const degrees = (min: number, max: number) => fc.integer({ min: min * 1e6, max: max * 1e6 }).map((micro) => micro / 1e6)
const values: { readonly [K in FieldKind]: fc.Arbitrary<unknown> } = {
  text: words,
  longText: words,
  integer: fc.integer({ min: 0, max: 1e9 }),
  decimal: fc.integer({ min: 0, max: 1e9 }).map((number) => number / 1000),
  money: fc.integer({ min: 0, max: 1e10 }).map((fen) => fen / 100),
  day: anyDay,
  month: anyDay.map(monthOf).filter((month) => month >= '2000-01'),
  yesNo: fc.boolean(),
  choice: fc.constantFrom('one', 'two', 'three'),
  choices: fc.uniqueArray(fc.constantFrom('one', 'two', 'three'), { minLength: 1 }),
  area: fc.constant('990101100'),
  body: fc.constant('emergency'),
  sector: fc.constant('industryTrade'),
  unit: fc.constant(unitId),
  person: fc.oneof(fc.record({ name: words }), fc.record({ name: words, phone: mobile })),
  phone: fc.oneof(mobile, fc.constant('0566-5021234')),
  position: fc.record({ lng: degrees(73, 136), lat: degrees(3, 54) }),
  attachment: fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 5 }),
}
const kinds = Object.keys(faces) as FieldKind[]

describe.each(kinds)('a field of type %s', (kind) => {
  const field = fields[kind]
  const face = faceOf(field)

  it('takes its values, through JSON and back', () => {
    fc.assert(
      fc.property(values[kind], (value) => {
        const kept = face.schema(field).parse(JSON.parse(JSON.stringify(value)))
        expect(kept).toEqual(value)
      }),
    )
  })

  // A file cannot stand in a cell; its column says how many there are.
  if (kind !== 'attachment') {
    it('reads back from a sheet what it wrote into one', () => {
      fc.assert(
        fc.property(values[kind], (value) => {
          const cell = face.cell(value, field, nameOf)
          expect(face.read(String(cell), field, lookup)).toEqual({ value })
        }),
      )
    })

    it('finds no value in an empty cell, and says nothing against it', () => {
      expect(face.read('', field, lookup)).toBeUndefined()
      expect(face.read('  ', field, lookup)).toBeUndefined()
    })
  }

  it('says every value in words, and no value with none', () => {
    fc.assert(
      fc.property(values[kind], (value) => {
        expect(face.words(value, field, nameOf)).not.toBe('')
      }),
    )
    expect([face.words(undefined, field, nameOf), face.cell(undefined, field, nameOf)]).toEqual(['', null])
  })

  it('refuses what is none of its values', () => {
    expect(face.schema(field).safeParse(Symbol.iterator).success).toBe(false)
    expect(face.schema(field).safeParse({ strange: 1 }).success).toBe(false)
  })
})

describe('cells as people write them', () => {
  const read = (kind: FieldKind, text: string) => faceOf(fields[kind]).read(text, fields[kind], lookup)
  it.each([
    ['day', '45474', { value: '2024-07-01' }],
    ['day', '2024年7月1日', { value: '2024-07-01' }],
    ['month', '2024.7', { value: '2024-07' }],
    ['integer', '1,200个', { value: 1200 }],
    ['money', '12.5', { value: 125_000 }],
    ['yesNo', '√', { value: true }],
    ['choices', '甲，丙', { value: ['one', 'three'] }],
    ['person', '王建国（13812345678）', { value: { name: '王建国', phone: '13812345678' } }],
    ['position', '117.85，30.64', { value: { lng: 117.85, lat: 30.64 } }],
  ] as const)('%s %s', (kind, text, expected) => expect(read(kind, text)).toEqual(expected))

  it.each([
    ['day', '7月1日', '没有写年份'],
    ['integer', '许多', '不是数字'],
    ['choice', '丁', '没有“丁”，请填写甲、乙、丙'],
    ['area', '西山镇', '没有这个乡镇或村“西山镇”'],
    ['unit', '无此厂', '名录中没有这个单位“无此厂”'],
    ['person', '13812345678', '只有电话没有姓名'],
  ] as const)('%s %s is refused', (kind, text, words) => {
    const result = read(kind, text)
    expect(result && 'problem' in result ? result.problem : '').toContain(words)
  })
})
