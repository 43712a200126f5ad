import { expect, it } from 'vitest'
import { proposalsOf } from './proposals.ts'
import { readPlan } from './reading/read.ts'

const plan = `某县安全生产治本攻坚三年行动方案（2024—2026年）
一、主要任务
（一）责任落实行动
1.开展督导。县安委办每季度对每个乡镇开展不少于2个工作日的督导。
2.健全数据库。2024年底前建立重大事故隐患数据库，2025年底前变型拖拉机全部淘汰退出。（责任单位：县应急管理局）
二、工作要求
（一）报送情况。每季度末月25日前报送进展。
（二）落实责任。县公安局牵头负责道路交通安全。
`
const proposals = proposalsOf(readPlan(plan))
const of = (kind: string) => proposals.filter((one) => one.kind === kind)

it('proposes what comes again as duties, a day within the period in the same one', () => {
  expect(
    of('duty').map(({ path, quota, date, who, sure }) => [path, quota?.period, date?.rule, who[0]?.body, sure]),
  ).toEqual([
    ['一.（一）1', 'quarter', undefined, '县安委办', 'inferred'],
    // Nobody is named for the return: that is said, not guessed.
    ['二.（一）', 'quarter', 'quarter:3-25', undefined, 'open'],
  ])
})

it('proposes what has an end as tasks, with the sentence it came from', () => {
  expect(of('task').map(({ date, who, sure }) => [date?.to, who[0]?.body, sure])).toEqual([
    ['2024-12-31', '县应急管理局', 'said'],
    ['2025-12-31', '县应急管理局', 'said'],
  ])
  for (const { sentence } of of('task')) expect(plan).toContain(sentence)
  expect(of('task')[0]?.sentence).toMatch(/^2024年底前建立.*退出。$/)
})

it('proposes lists and full coverage as ledgers, never sure that they are to be kept here', () => {
  expect(of('ledger').map(({ what, sure }) => [what, sure])).toEqual([
    ['重大事故隐患数据库', 'inferred'],
    ['2025年底前变型拖拉机', 'inferred'],
  ])
})

it('proposes leads as entries of the matrix', () => {
  expect(of('matrix').map(({ what, who, sure }) => [what, who[0]?.body, sure])).toEqual([
    ['道路交通', '县公安局', 'said'],
  ])
})

it('says why it is not sure, and is sure exactly where it has no doubt', () => {
  for (const { sure, doubts } of proposals) expect(sure === 'said').toBe(doubts.length === 0)
  expect(of('duty').map(({ doubts }) => doubts)).toEqual([
    ['没有写明责任单位，按句中提到的单位推定'],
    ['没有写明由谁办'],
  ])
  expect(of('ledger')[0]?.doubts).toEqual(['是否在系统里建台账，由人决定'])
})
