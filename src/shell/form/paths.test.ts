import { describe, expect, it } from 'vitest'
import { mergeValues, missingFields, namePath, pruned, sortErrors } from './paths.ts'

describe('paths of a form', () => {
  it('addresses list items by number', () => {
    expect(namePath('plan.measures.0.text')).toEqual(['plan', 'measures', 0, 'text'])
  })

  it('puts an error on the deepest field that owns its path and keeps what nobody owns', () => {
    const { byField, rest } = sortErrors(
      [
        { path: 'judgement.reason', message: '请写明判定理由' },
        { path: 'attachments.2.caption', message: '说明最多200字' },
        { path: 'attachments.3.caption', message: '说明最多200字' },
        { path: 'attachmentsNote', message: '不属于附件' },
        { path: '', message: '内容有误' },
      ],
      ['judgement', 'judgement.reason', 'attachments'],
    )
    expect([...byField]).toEqual([
      ['judgement.reason', ['请写明判定理由']],
      ['attachments', ['说明最多200字']],
    ])
    expect(rest).toEqual(['不属于附件', '内容有误'])
  })

  it('lays a draft over prefilled values without losing the fields the draft does not know', () => {
    expect(mergeValues({ a: { x: 1, y: 2 }, list: [1, 2] }, { a: { x: 9 }, list: [3] })).toEqual({
      a: { x: 9, y: 2 },
      list: [3],
    })
  })

  it('leaves unset values out but keeps null, zero and false, which mean something', () => {
    expect(pruned({ a: undefined, b: null, c: 0, d: false, e: [{ x: undefined, y: '' }] })).toEqual({
      b: null,
      c: 0,
      d: false,
      e: [{ y: '' }],
    })
  })

  it('leaves a group out that nobody filled in', () => {
    expect(pruned({ principal: { name: undefined, phone: undefined }, name: 'a' })).toEqual({ name: 'a' })
  })

  it('names what is needed and empty', () => {
    const fields = [
      { kind: 'radio', name: 'judgement.level', label: '隐患等级', required: true, options: [] },
      { kind: 'text', name: 'note', label: '说明' },
    ] as const
    expect(missingFields(fields, { judgement: {} })).toEqual([{ path: 'judgement.level', message: '请选择隐患等级' }])
    expect(missingFields(fields, { judgement: { level: 'major' } })).toEqual([])
  })
})
