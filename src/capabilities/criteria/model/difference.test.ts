import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { itemDifference } from './difference.ts'

const item = (no: string, text: string, group: string | null = null, catchAll = false) => ({
  no,
  text,
  group,
  catchAll,
})
const before = [
  item('一', '特种作业人员未取得相应资格上岗作业的'),
  item('二', '未对有限空间进行辨识、建立安全管理台账的'),
  item('三', '金属冶炼企业主要负责人未经考核合格的'),
]

describe('what a new edition does to the items', () => {
  it.each([
    ['nothing', before, { added: [], changed: [], dropped: [], same: 3 }],
    [
      'a rewording under its old number',
      [before[0], item('二', '未对有限空间进行辨识、提出防范措施，并建立台账的'), before[2]],
      { added: [], changed: ['二→二'], dropped: [], same: 2 },
    ],
    [
      'an item put in between, so that the rest is renumbered',
      [
        before[0],
        item('二', '新型储能车间未设置可燃气体探测装置的'),
        { ...before[1], no: '三' },
        { ...before[2], no: '四' },
      ],
      { added: ['二'], changed: ['二→三', '三→四'], dropped: [], same: 1 },
    ],
    [
      'one dropped, another with its number',
      [before[0], before[1], item('三', '厂房内违规存放氢气瓶组的')],
      { added: ['三'], changed: [], dropped: ['三'], same: 2 },
    ],
    [
      'a rule that decides alone no more',
      [{ ...before[0], catchAll: true }, before[1], before[2]],
      { added: [], changed: ['一→一'], dropped: [], same: 2 },
    ],
    ['all of it', [], { added: [], changed: [], dropped: ['一', '二', '三'], same: 0 }],
  ])('%s', (_name, after, expected) => {
    const found = itemDifference(before, after as typeof before)
    expect({
      added: found.added.map(({ no }) => no),
      changed: found.changed.map((one) => `${one.before.no}→${one.after.no}`),
      dropped: found.dropped.map(({ no }) => no),
      same: found.same,
    }).toEqual(expected)
  })

  it('accounts for every item of both sides once', () => {
    const items = fc.array(
      fc.record({
        no: fc.constantFrom('一', '二', '三'),
        text: fc.stringMatching(/^[未设置人员资格]{1,8}$/),
        group: fc.constantFrom(null, '通用'),
        catchAll: fc.boolean(),
      }),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(items, items, (b, a) => {
        const { added, changed, dropped, same } = itemDifference(b, a)
        expect(added.length + changed.length + same).toBe(a.length)
        expect(dropped.length + changed.length + same).toBe(b.length)
      }),
    )
  })
})
