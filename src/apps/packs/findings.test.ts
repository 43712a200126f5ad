import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '#platform/config/config.ts'
import { packGaps } from './findings.ts'
import { partDifferences, partsOf } from './parts.ts'
import { type Pack, PackError, readPack } from './read.ts'

const packs = join(projectRoot, 'packs')
let pack: Pack
let folder: string
beforeAll(async () => {
  pack = await readPack(join(packs, 'qingyang-2024-2026'))
  folder = await mkdtemp(join(tmpdir(), 'zhiben-packs-'))
  await cp(packs, folder, { recursive: true })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('tells what the pack does not know, and asks for next year’s holidays in November', () => {
  const of = (today: '2026-06-01' | '2026-11-25') => packGaps(pack, today)
  const named = (part: string) => of('2026-06-01').filter((gap) => gap.part === part)
  expect(named('gaps')[0]?.names).toHaveLength(pack.gaps.length)
  expect(named('standards')[0]?.names).toContain(pack.standards.find(({ itemised }) => !itemised)?.title)
  expect(named('holidays')).toEqual([])
  const november = of('2026-11-25').find((gap) => gap.part === 'holidays')
  const known = pack.holidays.some(({ year, complete }) => year === 2027 && complete)
  expect(november?.names).toEqual(known ? undefined : ['2027年'])
})

describe('two contents of a pack', () => {
  it('that are the same differ in nothing', () => {
    expect(partDifferences(partsOf(pack), partsOf(structuredClone(pack)))).toEqual([])
  })

  it('are compared part by part, by what people call the entries', () => {
    const [first, second, ...bodies] = pack.bodies
    if (!first || !second) throw new Error('the pack has no bodies')
    const other: Pack = {
      ...pack,
      bodies: [{ ...first, note: '改过的说明' }, ...bodies, { ...second, id: 'new-body', name: '新机构' }],
    }
    expect(partDifferences(partsOf(pack), partsOf(other)).find(({ part }) => part === 'bodies')).toEqual({
      part: 'bodies',
      added: ['新机构'],
      changed: [first.name],
      dropped: [second.name],
    })
  })
})

describe('files that cannot be read', () => {
  it('are all named at once, without the folder of this machine', async () => {
    const own = join(folder, 'qingyang-2024-2026')
    const keep = await readFile(join(own, 'bodies.yaml'), 'utf8')
    await writeFile(join(own, 'bodies.yaml'), 'bodies: [unclosed')
    await writeFile(join(folder, '_national', 'criteria', 'aaa.yaml'), 'id: aaa-2020\ntitle: 没有别的')
    const error = await readPack(own).catch((one: unknown) => one)
    expect(error).toBeInstanceOf(PackError)
    const { problems } = error as PackError
    expect(problems.length).toBeGreaterThan(2)
    expect(problems[0]).toContain('数据包文件 qingyang-2024-2026/bodies.yaml 第1行：不是正确的 YAML')
    expect(problems[1]).toContain('数据包文件 _national/criteria/aaa.yaml 第1行 issuer：缺少“issuer”这一项')
    expect(problems.join()).not.toContain(folder)
    await writeFile(join(own, 'bodies.yaml'), keep)
  })
})
