import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPack } from '#apps/packs/read.ts'
import { projectRoot } from '#platform/config/config.ts'
import { indexItems, searchItems } from './search.ts'

const { standards, words } = await readPack(join(projectRoot, 'packs', 'qingyang-2024-2026'))
const index = indexItems(standards)
const search = (text: string) => searchItems(index, text, words).map(({ item }) => item.id)

describe('searching the library as people type', () => {
  it.each([
    ['有限空间 通风检测', 'gongmao-2023-13-2'],
    ['除尘 泄爆', 'gongmao-2023-11-3'],
    ['液氨 快速冻结', 'gongmao-2023-12-2'],
    ['有限空间审批', 'gongmao-2023-13-2'],
    ['连墙件', 'construction-2024-7-2'],
    ['门锁 短接', 'special-equipment-2024-4-6-b'],
    ['燃气 占压', 'gas-2023-11'],
    ['尾矿库 调洪演算', 'mine-2022-tp-8'],
    ['5.4.2', 'hazchem-aq3067-2026-5-4-2'],
    ['安全出口 净宽', 'fire-2017-6-5'],
    ['喷淋 宾馆', 'fire-2017-6-6'],
    ['塔吊 验收', 'construction-2024-8-1'],
    ['没人看着 受限空间', 'gongmao-2023-13-2'],
  ])('%s', (text, id) => {
    expect(search(text)[0]).toBe(id)
  })

  it('asks something of every word, and nothing of words that no item has', () => {
    expect(search('连墙件 光气')).toEqual([])
    expect(search('停车位画线')).toEqual([])
    expect(search('')).toHaveLength(index.length)
  })

  it('puts the object before a mere mention', () => {
    const found = search('电梯')
    const first = index.find(({ item }) => item.id === found[0])
    expect(first?.item.group).toBe('电梯')
  })
})
