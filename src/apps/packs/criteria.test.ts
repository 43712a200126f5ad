import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Standard } from '#capabilities/criteria/model/index.ts'
import { projectRoot } from '#platform/config/config.ts'
import { readPack } from './read.ts'

let standards: readonly Standard[]
beforeAll(async () => {
  ;({ standards } = await readPack(join(projectRoot, 'packs', 'qingyang-2024-2026')))
})

const find = (id: string) => {
  const standard = standards.find((one) => one.id === id)
  if (!standard) throw new Error(`no standard ${id}`)
  return standard
}
/** Items by the chapter or kind of object the document puts them under, in its order. */
const parts = (id: string) => {
  const counts = new Map<string, number>()
  for (const { group } of find(id).items) counts.set(group ?? '', (counts.get(group ?? '') ?? 0) + 1)
  return [...counts.values()]
}

/** As the documents count themselves, chapter by chapter; rules that decide nothing alone stand behind the plus. */
const itemCounts: readonly (readonly [id: string, title: string, chapters: readonly number[], total: number])[] = [
  ['gongmao-2023', '工贸 64（3＋47＋14）＋第十四条', [3, 8, 13, 8, 7, 7, 2, 2, 10, 2, 2, 1], 65],
  ['hazchem-2017', '化工危化 20', [20], 20],
  ['hazchem-aq3067-2026', '化工危化 53', [5, 10, 6, 9, 12, 4, 7], 53],
  ['fireworks-2017', '烟花爆竹 20', [20], 20],
  ['mine-2022', '非煤矿山 64（地下32、露天13、尾矿库19）', [32, 13, 19], 64],
  ['mine-2024-supplement', '非煤矿山补充 8（4＋2＋2）', [4, 2, 2], 8],
  ['gas-2023', '城镇燃气 20＋第八条、第十条', [5, 5, 3, 3, 1, 4, 1], 22],
  ['construction-2024', '房屋市政 51＋第十六、十七条', [5, 4, 4, 3, 9, 5, 2, 4, 2, 7, 3, 3, 2], 53],
  ['special-equipment-2024', '特种设备 47', [4, 7, 6, 2, 3, 5, 5, 5, 5, 5], 47],
  ['civil-explosives-2024', '民爆 17', [17], 17],
  ['fishing-2022', '渔业船舶 8', [8], 8],
  ['road-transport-2023', '道路运输通用 5', [5], 5],
  ['fire-2017', '消防 直接判定10＋综合判定', [10, 1], 11],
]

/** Documents known by name, date and source whose items are still to be entered (on the page, by template). */
const catalogueOnly = [
  'coal-mine-2020',
  'coal-mine-2026',
  'opencast-coal-2023',
  'construction-2022',
  'civil-explosives-2023',
  'fire-2025',
  'power-2026',
  'highway-2023',
  'road-traffic-2023',
  'passenger-ship-2018',
  'port-2016',
  'transport-works',
  'water-2017',
  'elderly-2023',
  'child-2024',
]

describe('the criteria library', () => {
  it.each(itemCounts)('%s: %s', (id, _title, chapters, total) => {
    expect(parts(id)).toEqual(chapters)
    expect(find(id).items).toHaveLength(total)
  })

  it('is these documents and no others', () => {
    const itemised = standards.filter((standard) => standard.itemised).map(({ id }) => id)
    expect(itemised.sort()).toEqual(itemCounts.map(([id]) => id).sort())
    const others = standards.filter((standard) => !standard.itemised).map(({ id }) => id)
    expect(others.sort()).toEqual([...catalogueOnly].sort())
  })

  it('says of every document where it comes from and from when it holds', () => {
    for (const { id, title, issuer, documentNo, source, effectiveFrom, sectors } of standards) {
      for (const words of [title, issuer, documentNo, source]) expect(words.trim(), id).not.toBe('')
      expect(effectiveFrom, id).toMatch(/^20\d\d-\d\d-\d\d$/)
      expect(sectors.length, id).toBeGreaterThan(0)
    }
  })

  it('lets no wording of unknown origin pass for the law', () => {
    for (const { id, verified, itemised, note, confidence, items } of standards) {
      if (itemised && !verified) expect(note, id).toBeTruthy()
      const unsure = items.filter((item) => item.confidence !== 'high')
      // An item may be less sure than its document, never surer.
      if (confidence !== 'high') expect(unsure.length, id).toBe(items.length)
    }
    expect(find('gongmao-2023').confidence).toBe('high')
    expect(find('hazchem-2017').confidence).toBe('medium')
  })

  it('leaves to a person’s reasons what the documents leave to them', () => {
    const catchAll = standards.flatMap(({ items }) => items.filter((item) => item.catchAll).map(({ id }) => id))
    expect(catchAll.sort()).toEqual([
      'civil-explosives-2024-17',
      'construction-2024-17',
      'fire-2017-7',
      'gas-2023-22',
      'gongmao-2023-14',
      'road-transport-2023-5',
    ])
  })

  it('numbers the items of a document once each, in the order of the document', () => {
    const wrong = standards.filter(({ items }) => new Set(items.map(({ no }) => no)).size !== items.length)
    expect(wrong.map(({ id }) => id)).toEqual([])
    const equipment = standards.find(({ id }) => id === 'special-equipment-2024')?.items ?? []
    const articles = equipment.map(({ no }) => Number(/^4\.(\d+)/.exec(no)?.[1]))
    expect(articles).toEqual([...articles].sort((a, b) => a - b))
    const placeholders = equipment.filter(({ text }) => text.includes('条文未收录'))
    expect(placeholders).toHaveLength(10)
    expect(placeholders.every(({ confidence }) => confidence === 'low')).toBe(true)
    const supplement = standards.find(({ id }) => id === 'mine-2024-supplement')?.items.map(({ no }) => no)
    expect(supplement?.at(4)).toBe('露天矿山（一）')
    expect(supplement?.at(7)).toBe('尾矿库（二）')
  })

  it.each([
    ['fire', 'fire-2017', 'fire-2025'],
    ['construction', 'construction-2022', 'construction-2024'],
    ['civilExplosives', 'civil-explosives-2023', 'civil-explosives-2024'],
    ['hazchem', 'hazchem-2017', 'hazchem-aq3067-2026'],
    ['mine', 'coal-mine-2020', 'coal-mine-2026'],
  ])('leaves no day since 2023 without an edition for %s', (_sector, before, after) => {
    const first = standards.find(({ id }) => id === before)
    const second = standards.find(({ id }) => id === after)
    expect((first?.effectiveFrom ?? '9') <= '2023-01-01').toBe(true)
    expect(first?.supersededOn).toBe(second?.effectiveFrom)
  })
})
