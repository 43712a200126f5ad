import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parameterRules } from '#capabilities/system/model/index.ts'
import { projectRoot } from '#platform/config/config.ts'
import { referenceOf } from './install.ts'
import { readPack } from './read.ts'

const packs = ['qingyang-2024-2026', '_neutral']
const read = (name: string) => readPack(join(projectRoot, 'packs', name))

/** Numbers of items as the documents count them, from the facts collected for the project. */
const itemCounts: Record<string, number> = {
  'gongmao-2023': 65,
  'hazchem-2017': 20,
  'hazchem-aq3067-2026': 53,
  'fire-2017': 11,
  'fireworks-2017': 20,
  'mine-2022': 64,
  'mine-2024-supplement': 8,
  'gas-2023': 22,
  'construction-2024': 53,
  'special-equipment-2024': 47,
  'civil-explosives-2024': 17,
  'fishing-2022': 8,
  'road-transport-2023': 5,
}

/** Declared ahead of the code that will read them. An entry that is read by now fails the test, so the list can only shrink. */
const notYetRead = ['upload.maxBytes']

async function sources(): Promise<{ path: string; text: string }[]> {
  const out = []
  for await (const path of glob('src/**/*.{ts,tsx}', { cwd: projectRoot })) {
    out.push({ path, text: await readFile(join(projectRoot, path), 'utf8') })
  }
  return out
}

describe('packs', () => {
  it.each(packs)('%s can be read and installed as it stands', async (name) => {
    const reference = referenceOf(await read(name))
    const bodies = new Set(reference.bodies.map((body) => body.id))
    const sectors = new Set(reference.sectors.map((sector) => sector.id))
    expect(reference.matrix.filter((entry) => !bodies.has(entry.bodyId) || !sectors.has(entry.sectorId))).toEqual([])
    expect(reference.areas.filter((area) => area.bodyId && !bodies.has(area.bodyId))).toEqual([])
    expect(reference.areas.filter((area) => area.supervised).length).toBeGreaterThan(0)
  })

  it.each(packs)('%s speaks to people where people read it: no field names, no identifiers', async (name) => {
    const { areas, bodies, gaps, matrix } = await read(name)
    const words = [
      ...areas.map(({ note }) => note),
      ...bodies.map(({ note }) => note),
      ...matrix.map(({ note }) => note),
      ...gaps.flatMap(({ topic, reason, handling }) => [topic, reason, handling]),
    ]
    expect(words.filter((text) => /[a-z]{3,}/.test(text ?? ''))).toEqual([])
  })

  it('carries every standard with as many items as the document counts', async () => {
    const { standards } = await read('qingyang-2024-2026')
    const counted = standards.filter((standard) => standard.itemised).map(({ id, items }) => [id, items.length])
    expect(Object.fromEntries(counted)).toEqual(itemCounts)
  })

  it('numbers the items of a document once each, in the order of the document', async () => {
    const { standards } = await read('qingyang-2024-2026')
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
  ])('leaves no day since 2023 without an edition for %s', async (_sector, before, after) => {
    const { standards } = await read('qingyang-2024-2026')
    const first = standards.find(({ id }) => id === before)
    const second = standards.find(({ id }) => id === after)
    expect((first?.effectiveFrom ?? '9') <= '2023-01-01').toBe(true)
    expect(first?.supersededOn).toBe(second?.effectiveFrom)
  })

  it('names only sectors that exist', async () => {
    const { standards, sectors } = await read('qingyang-2024-2026')
    const known = new Set(sectors.map((sector) => sector.id))
    expect(standards.flatMap((standard) => standard.sectors.filter((sector) => !known.has(sector)))).toEqual([])
  })

  it('holds every parameter the code asks for, and none that nobody asks for', async () => {
    const code = (await sources()).filter(({ path }) => !/\.(test|rig)\.ts$/.test(path)).map(({ text }) => text)
    // By its id, by the beginning of several (`hazard.dueDays.${…}`), or by a constant that holds the id.
    const reads = code.flatMap((text) => [
      ...text.matchAll(/parameters\.(?:number|numbers|text|flag)\(\s*(['`]?)([\w.]+)/g),
    ])
    const asked = new Set(reads.flatMap(([, quote, id = '']) => (quote === "'" ? [id] : [])))
    const beginnings = reads.flatMap(([, quote, id = '']) => (quote === '`' ? [id] : []))
    for (const [, quote, name] of reads) {
      const held =
        quote === '' && code.map((text) => new RegExp(`const ${name} = '([\\w.]+)'`).exec(text)?.[1]).find(Boolean)
      if (held) asked.add(held)
    }
    expect(asked.size).toBeGreaterThan(8)
    const isRead = (id: string) => asked.has(id) || beginnings.some((beginning) => id.startsWith(beginning))
    for (const name of packs) {
      const known = (await read(name)).parameters.map((parameter) => parameter.id)
      expect([...asked].filter((id) => !known.includes(id))).toEqual([])
      expect(known.filter((id) => !isRead(id))).toEqual(notYetRead)
      expect([...new Set(known)].sort()).toEqual(Object.keys(parameterRules).sort())
    }
  })

  it('leaves the county to the pack: no name or code of it stands in the product', async () => {
    const { areas, manifest } = await read('qingyang-2024-2026')
    const names = [
      manifest.countyName,
      manifest.county,
      ...areas.filter((area) => area.level === 'town').map((area) => area.name),
    ]
    const found = (await sources())
      .filter(({ path }) => !/(\.test\.tsx?|\.rig\.ts)$/.test(path))
      .flatMap(({ path, text }) => names.filter((name) => text.includes(name)).map((name) => `${path}: ${name}`))
    expect(found).toEqual([])
  })
})
