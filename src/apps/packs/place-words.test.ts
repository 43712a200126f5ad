import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { findArea, findSector, type Reference } from '#capabilities/directory/model/index.ts'
import { projectRoot } from '#platform/config/config.ts'
import { referenceOf } from './install.ts'
import { readPack } from './read.ts'

let reference: Reference
beforeAll(async () => {
  reference = referenceOf(await readPack(join(projectRoot, 'packs', 'qingyang-2024-2026')))
})

const zone = '341723400'

describe('the words lists use, on the county’s real areas and sectors', () => {
  test.each([
    ['开发区', zone],
    ['青阳县开发区', zone],
    ['经开区', zone],
    ['青阳县经济开发区', zone],
    ['安徽省池州市青阳县经济开发区东河路1号', zone],
    ['木镇', '341723101'],
    ['木镇镇工业园', '341723101'],
    ['木镇居委会', '341723101001'],
    ['木镇镇河北村', '341723101200'],
    ['木镇镇河北路12号', '341723101'],
    ['丁桥', '341723105'],
    ['庙前', '341723102'],
    ['庙前镇庙前村', '341723102200'],
    ['庙前镇庙前社区', '341723102001'],
    ['陵阳', '341723103'],
    ['陵阳镇所村村12号', '341723103205'],
    ['蓉城镇九华居委会', '341723100004'],
    ['青阳县蓉城镇', '341723100'],
  ])('%s is %s', (words, code) => {
    expect(findArea(reference, words)).toBe(code)
  })

  test('every name and every alias of a town leads to it', () => {
    const towns = reference.areas.filter((area) => area.level === 'town')
    const wrong = towns.flatMap((town) =>
      [town.name, ...town.aliases].filter((name) => findArea(reference, name) !== town.code),
    )
    expect(wrong).toEqual([])
  })

  test.each(['九华', '青阳县', '天堂镇', ''])('%s is not guessed', (words) => {
    expect(findArea(reference, words)).toBeUndefined()
  })

  test.each([
    ['危险化学品', 'hazchem'],
    ['学校', 'campus'],
    ['餐饮', 'commerce'],
    ['电梯', 'specialEquipment'],
    ['医院', 'medicalChildcare'],
    ['粉尘涉爆', 'industryTrade'],
    ['工贸（粉尘涉爆）', 'industryTrade'],
    ['危险化学品运输', 'hazchemTransport'],
    ['危险化学品经营', 'hazchem'],
    ['水利工程施工', 'waterWorks'],
    ['学校食堂', 'campus'],
  ])('sector %s is %s', (words, id) => {
    expect(findSector(reference, words)).toBe(id)
  })

  test('every alias of a sector leads to it, and a word of many sectors to none', () => {
    const wrong = reference.sectors.flatMap((sector) =>
      [sector.name, ...sector.aliases].filter((name) => findSector(reference, name) !== sector.id),
    )
    expect(wrong).toEqual([])
    expect(findSector(reference, '工程施工')).toBeUndefined()
    expect(findSector(reference, '天文')).toBeUndefined()
  })

  test('the virtual village of the zone is no place to choose', () => {
    expect(reference.areas.filter((area) => area.active && area.name.includes('虚拟'))).toEqual([])
  })
})
