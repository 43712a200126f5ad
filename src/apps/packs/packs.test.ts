import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parametersOf } from '#capabilities/duty/model/index.ts'
import { parameterMisfit, parameterRules } from '#capabilities/system/model/index.ts'
import { projectRoot } from '#platform/config/config.ts'
import { referenceOf } from './install.ts'
import { readPack } from './read.ts'

const packs = ['qingyang-2024-2026', '_neutral']
const read = (name: string) => readPack(join(projectRoot, 'packs', name))

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
      const { parameters, duties } = await read(name)
      // What duties ask for is read by the names the pack gives; each has a rule all the same.
      const ofDuties = new Set(duties.rules.flatMap((rule) => parametersOf(rule).map(({ id }) => id)))
      const misfits = parameters.filter(({ id, value }) => ofDuties.has(id) && parameterMisfit(id, value) !== undefined)
      expect(misfits).toEqual([])
      const known = parameters.map((parameter) => parameter.id).filter((id) => !ofDuties.has(id))
      expect([...asked].filter((id) => !known.includes(id))).toEqual([])
      expect(known.filter((id) => !isRead(id))).toEqual([])
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
