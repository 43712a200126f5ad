import fc from 'fast-check'
import { expect, it } from 'vitest'
import { proposalsOf, readPlan } from '#capabilities/planreading/model/index.ts'
import { planDifference, wordsChanged } from './difference.ts'
import { contentOf } from './record.ts'

const contentIn = (text: string) => {
  const reading = readPlan(text)
  return contentOf(reading, proposalsOf(reading)).content
}
const before = `某县安全生产治本攻坚三年行动方案（2024—2026年）
一、主要任务
（一）责任落实行动
1.开展督导。县安委办每季度对每个乡镇开展不少于2个工作日的督导。
2.健全数据库。2024年底前建立重大事故隐患数据库。
二、工作要求
（一）报送情况。每季度末月25日前报送进展。
`
const after = `某县安全生产治本攻坚三年行动方案（2024—2026年）
一、主要任务
（一）责任落实行动
1.组织培训。2025年6月底前完成主要负责人培训。
2.开展督导。县安委办每季度对每个乡镇开展不少于3个工作日的督导。
3.健全数据库。2025年6月底前建立重大事故隐患数据库。
`

it('tells what was added, reworded, dated otherwise and removed, wherever the number went', () => {
  const { changes, same } = planDifference(contentIn(before), contentIn(after))
  expect(changes.map(({ kind, path, pathBefore }) => [kind, path, pathBefore])).toEqual([
    ['added', '一.（一）1', null],
    ['changed', '一.（一）2', '一.（一）1'],
    ['changed', '一.（一）3', '一.（一）2'],
    ['removed', '二', '二'],
    ['removed', '二.（一）', '二.（一）'],
  ])
  expect(changes[1]?.words.filter(({ mark }) => mark !== 'same')).toEqual([
    { mark: 'removed', text: '2' },
    { mark: 'added', text: '3' },
  ])
  expect(changes[2]?.dates).toEqual({
    before: ['2024年底前（～2024-12-31）'],
    after: ['2025年6月底前（～2025-06-30）'],
  })
  expect(same).toBe(2)
})

it('shows words from which both texts can be put together again', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (a, b) => {
      const pieces = wordsChanged(a, b)
      const without = (mark: string) => pieces.filter((one) => one.mark !== mark).map(({ text }) => text)
      expect(without('added').join('')).toBe(a)
      expect(without('removed').join('')).toBe(b)
    }),
    { numRuns: 300 },
  )
})
