import { describe, expect, it } from 'vitest'
import type { FieldSpec } from '../types.ts'
import { alike, compare } from './compare.ts'
import { valueWords } from './words.ts'

const fields: readonly FieldSpec[] = [
  { kind: 'text', name: 'name', label: '名称' },
  { kind: 'text', name: 'contact.phone', label: '电话' },
  { kind: 'multi', name: 'sectors', label: '行业领域', options: [{ value: 'fire', label: '消防' }] },
]
const before = { name: '甲厂', contact: { phone: '1' }, sectors: ['fire'] }
const names = (list: readonly { readonly field: FieldSpec }[]) => list.map(({ field }) => field.name)

describe('a form that was overtaken', () => {
  it('takes what only the others changed, and leaves what only this person changed', () => {
    const { taken, clashes } = compare(fields, before, { ...before, name: '乙厂' }, { ...before, sectors: [] })
    expect(names(taken)).toEqual(['name'])
    expect(taken[0]).toMatchObject({ before: '甲厂', theirs: '乙厂', mine: '甲厂' })
    expect(clashes).toEqual([])
  })

  it('asks about what both changed differently, in groups too, and not about what both changed alike', () => {
    const theirs = { name: '乙厂', contact: { phone: '2' }, sectors: [] }
    const { taken, clashes } = compare(fields, before, theirs, { ...theirs, contact: { phone: '3' } })
    expect(taken).toEqual([])
    expect(names(clashes)).toEqual(['contact.phone'])
  })

  it('takes an emptying over, and sees no change where nothing is said differently', () => {
    const { taken } = compare(fields, before, { ...before, name: null }, before)
    expect(taken[0]).toMatchObject({ theirs: null })
    expect(compare(fields, { name: '' }, { sectors: [] }, { name: '丙' })).toEqual({ taken: [], clashes: [] })
    expect(alike({ a: 1, b: { c: '' } }, { b: { c: undefined }, a: 1 })).toBe(true)
    expect(alike([1, 2], [2, 1])).toBe(false)
  })
})

describe('what stands in a field', () => {
  const base = { name: 'x', label: '项' }
  const cases: [FieldSpec, unknown, string][] = [
    [{ ...base, kind: 'text' }, undefined, '（空）'],
    [{ ...base, kind: 'text' }, '甲', '甲'],
    [{ ...base, kind: 'multi', options: [{ value: 'fire', label: '消防' }] }, ['fire', 'gone'], '消防、gone'],
    [{ ...base, kind: 'radio', options: [{ value: true, label: '停产' }] }, true, '停产'],
    [{ ...base, kind: 'money' }, 12_500, '1.25万元'],
    [{ ...base, kind: 'number', unit: '天' }, 0, '0天'],
    [{ ...base, kind: 'switch' }, false, '否'],
    [{ ...base, kind: 'attachments' }, [{ uploadId: 'a' }, { uploadId: 'b' }], '2个文件'],
    [
      { ...base, kind: 'list', addLabel: '加', fields: [fields[0] as FieldSpec, { ...base, kind: 'switch' }] },
      [{ name: '王', x: true }, { name: '李' }],
      '王 是；李',
    ],
    [{ ...base, kind: 'custom', render: () => null }, { lng: 117.8, lat: 30.6 }, '117.8 30.6'],
    [{ ...base, kind: 'custom', render: () => null, words: () => '木镇镇' }, 'id', '木镇镇'],
  ]
  it.each(cases)('reads as people read it: %j', (field, value, words) => {
    expect(valueWords(field, value)).toBe(words)
  })
})
