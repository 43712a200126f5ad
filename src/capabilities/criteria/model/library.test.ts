import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { factsOf, inForce, type Standard, standardOf } from './library.ts'
import { CriteriaStandard } from './pack.ts'
import { reasonOf, suggestItems } from './suggest.ts'

const folder = new URL('../../../../packs/_national/criteria/', import.meta.url)

/** The real library: whether a suggestion is good can only be told among the items it competes with. */
const standards: Standard[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => CriteriaStandard.parse(parse(readFileSync(new URL(name, folder), 'utf8'))))
  .map(standardOf)

const suggest = (description: string, sector: string, on = '2025-06-01') =>
  suggestItems(standards, { description, sector, on })

const sure = { confidence: 'high', borrowed: false, withdrawn: false } as const

function standard(changes: Partial<Standard>): Standard {
  return {
    id: 'test-2020',
    title: '试验标准',
    issuer: '某部',
    documentNo: '第1号',
    effectiveFrom: '2020-03-01',
    supersededOn: null,
    sectors: ['industryTrade'],
    crossCutting: false,
    appliesTo: null,
    itemised: true,
    source: '试验',
    confidence: 'high',
    verified: true,
    note: null,
    items: [],
    ...changes,
  }
}

describe('suggesting an item for what somebody saw', () => {
  it.each([
    ['有限空间作业未审批，未先通风再检测就进入污水池', 'industryTrade', 'gongmao-2023-13-2'],
    ['抛光车间除尘器积尘严重，未落实粉尘清理制度', 'industryTrade', 'gongmao-2023-11-10'],
    ['焊工无特种作业证上岗作业', 'industryTrade', 'gongmao-2023-3-2'],
    ['速冻车间作业人数12人，快速冻结装置未设置在单独的作业间', 'industryTrade', 'gongmao-2023-12-2'],
    ['竖井内没有梯子间，第二安全出口堵塞', 'mine', 'mine-2022-ug-1'],
    ['边坡高度240米没有在线监测', 'mine', 'mine-2022-op-7'],
    ['尾矿库干滩长度不足，汛前没有调洪演算', 'mine', 'mine-2022-tp-8'],
    ['工房超药量存放黑火药', 'fireworks', 'fireworks-2017-5'],
    ['电梯层门门锁被短接', 'specialEquipment', 'special-equipment-2024-4-6-b'],
    ['中压燃气管道上方有房屋占压', 'gas', 'gas-2023-11'],
    ['液氨充装没有用万向管道', 'hazchem', 'hazchem-2017-7'],
    ['脚手架连墙件整层拆除', 'construction', 'construction-2024-7-2'],
  ])('%s', (description, sector, id) => {
    const [first] = suggest(description, sector)
    expect(first?.item.id).toBe(id)
    expect(first?.because.length).toBeGreaterThan(0)
    for (const word of first?.because ?? []) expect(first?.item.text).toContain(word)
  })

  it('says nothing rather than guess when the words fit no item', () => {
    expect(suggest('办公楼前停车位画线模糊', 'industryTrade')).toEqual([])
    expect(suggest('', 'industryTrade')).toEqual([])
    expect(suggest('，。！', 'industryTrade')).toEqual([])
  })

  it('still finds the item inside a long report', () => {
    const report = `县安委办组织专家对企业开展年度督导，检查人员到达现场后查阅了台账、询问了车间主任和班组长，并拍照留存。
      经查，该公司铝制品抛光车间的干式除尘系统没有采取泄爆、惰化、抑爆中的任何一种措施，现场已责令其立即停用，限期改正。`
    expect(suggest(report, 'industryTrade')[0]?.item.id).toBe('gongmao-2023-11-3')
  })

  it.each([
    ['病床电梯层门门锁被短接', 'medicalChildcare', [], 'special-equipment-2024-4-6-b', '通用'],
    ['污水池有限空间作业未审批，现场没有监护人员', 'campus', [], 'gongmao-2023-13-2', '借用'],
    ['酒店抛光车间干式除尘系统没有泄爆措施', 'commerce', ['industryTrade'], 'gongmao-2023-11-3', '另一行业领域'],
    ['商场地下一层安全出口数量不足', 'commerce', [], 'fire-2017-6-5', '通用'],
  ])('reaches beyond the sector and says why: %s', (description, sector, sectors, id, why) => {
    const [first] = suggestItems(standards, { description, sector, sectors, on: '2025-06-01' })
    expect(first?.item.id).toBe(id)
    expect(first && reasonOf(first)).toContain(why)
  })

  it('puts the own standard before another with the same words', () => {
    const item = { id: 'x', group: null, no: '一', text: '安全出口数量不足的', catchAll: false, ...sure }
    const own = standard({ id: 'own', items: [item] })
    const everywhere = standard({ id: 'all', sectors: ['fire'], crossCutting: true, items: [item] })
    const wanted = { description: '安全出口数量不足', sector: 'industryTrade', on: '2024-01-01' }
    expect(suggestItems([everywhere, own], wanted).map((found) => found.standard.id)).toEqual(['own', 'all'])
  })

  it('looks only into standards of the sector', () => {
    expect(suggest('工房超药量存放黑火药', 'elderlyCare')).toEqual([])
  })

  it('follows the standard in force on the day the hazard was found', () => {
    const description = '重大危险源罐区未实现紧急切断'
    const documents = (on: string) =>
      new Set(
        suggest(description, 'hazchem', on)
          .filter(({ scope }) => scope === 'sector')
          .map((found) => found.standard.id),
      )
    expect([...documents('2026-09-29')]).toEqual(['hazchem-2017'])
    expect([...documents('2026-09-30')]).toEqual(['hazchem-aq3067-2026'])
  })

  it('never offers a catch-all item: it needs a reason, not a likeness', () => {
    const items = [
      { id: 'test-2020-1', group: null, no: '一', text: '其他严重违反规定的情形', catchAll: true, ...sure },
      { id: 'test-2020-2', group: null, no: '二', text: '严重违反规定使用明火的', catchAll: false, ...sure },
    ]
    const wanted = { description: '其他严重违反规定的情形', sector: 'industryTrade', on: '2024-01-01' }
    expect(suggestItems([standard({ items })], wanted).map((found) => found.item.id)).toEqual(['test-2020-2'])
  })

  it('ranks by score and keeps to the limit', () => {
    const wanted = { description: '煤气报警装置未联锁', sector: 'industryTrade', on: '2025-06-01' }
    const found = suggestItems(standards, wanted, 3)
    expect(found).toHaveLength(3)
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a))
  })
})

describe('what a judgement keeps', () => {
  it('is in force from its first day up to, but not on, the day it is superseded', () => {
    const old = standard({ supersededOn: '2023-01-01' })
    expect(inForce(old, '2020-02-29')).toBe(false)
    expect(inForce(old, '2020-03-01')).toBe(true)
    expect(inForce(old, '2022-12-31')).toBe(true)
    expect(inForce(old, '2023-01-01')).toBe(false)
    expect(inForce(standard({}), '2099-01-01')).toBe(true)
  })

  it('names the document, the number and the group with the wording', () => {
    const item = { id: 'test-2020-1', group: '动火', no: '三（二）', text: '无人监护的', catchAll: false, ...sure }
    expect(factsOf(standard({ items: [item] }), item, '2022-12-31')).toEqual({
      id: 'test-2020-1',
      documentId: 'test-2020',
      sectors: ['industryTrade'],
      crossCutting: false,
      text: '《试验标准》三（二） 动火：无人监护的',
      catchAll: false,
      inForceFrom: '2020-03-01',
      inForceTo: '2022-12-31',
    })
  })

  it('refuses a file whose wording is unverified and of unknown origin', () => {
    const file = parse(readFileSync(new URL('fishing-2022.yaml', folder), 'utf8'))
    expect(CriteriaStandard.safeParse(file).success).toBe(true)
    const { note: _, ...silent } = file
    const refused = CriteriaStandard.safeParse(silent)
    expect(refused.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['note'])
  })
})
