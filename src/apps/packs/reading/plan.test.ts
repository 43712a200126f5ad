import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countCoverage, coverageOf, twice } from '#capabilities/plan/model/index.ts'
import { projectRoot } from '#platform/config/config.ts'
import { mechanismsOf } from '../mechanisms.ts'
import { PackError, readPack } from '../read.ts'

const packs = join(projectRoot, 'packs')
const names = ['qingyang-2024-2026', '_neutral']
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhiben-plan-'))
  await cp(packs, folder, { recursive: true })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Rows of each measure, stage and safeguard, as the plan has them. */
const rowsOf = {
  ...{ N: 4, G: 12, M01: 4, M02: 7, M03: 5, M04: 13, M05: 6, M06: 11, M07: 18, M08: 13, M09: 5, M10: 14, M11: 8 },
  ...{ M12: 8, M13: 16, M14: 4, M15: 4, M16: 6, M17: 9, M18: 9, M19: 13, M20: 10, M21: 6, M22: 7, M23: 4, M24: 3 },
  ...{ M25: 9, M26: 8, M27: 19, M28: 7, M29: 9, M30: 13, M31: 7, P1: 3, P2: 7, P3: 7, P4: 5 },
  ...{ S1: 13, S2: 37, S3: 7, S4: 6, S5: 4, S6: 9 },
}

describe('the plan of the county', () => {
  it('has all its actions, measures, stages, safeguards and rows', async () => {
    const { plan } = await readPack(join(packs, 'qingyang-2024-2026'))
    const group = (id: string) => plan.sections.filter((section) => section.group === id).length
    expect([plan.actions.length, group('measure'), group('stage'), group('safeguard')]).toEqual([8, 31, 4, 6])
    const counted = new Map<string, number>()
    for (const { section } of plan.clauses) counted.set(section, (counted.get(section) ?? 0) + 1)
    expect(Object.fromEntries(counted)).toEqual(rowsOf)
    expect(plan.clauses).toHaveLength(389)
  })

  it('sets the days that it names', async () => {
    const { plan } = await readPack(join(packs, 'qingyang-2024-2026'))
    const by = (id: string) => plan.clauses.find((clause) => clause.id === id)?.by
    const days = {
      ...{ 'P1-3': '2024-03-29', 'S2-2': '2024-03-29', 'S2-3': '2024-03-29', 'G-6': '2024-12-31' },
      ...{ 'G-7': '2025-12-31', 'G-8': '2026-12-31', 'M16-4': '2024-12-31', 'M17-2': '2024-12-31' },
      ...{ 'M18-4': '2024-12-31', 'M18-5': '2025-12-31', 'M18-6': '2025-12-31', 'M18-7': '2025-12-31' },
      ...{ 'M18-8': '2026-12-31', 'M19-8': '2025-12-31', 'M20-8': '2025-12-31', 'M20-9': '2025-12-31' },
      ...{ 'M22-1': '2024-12-31', 'M25-9': '2025-12-31', 'M29-2': '2026-12-31', 'M29-4': '2024-12-31' },
      ...{ 'M04-4': '2024-12-31', 'M04-6': '2025-12-31', 'M04-8': '2026-12-31', 'P2-1': '2025-12-31' },
    }
    for (const [id, day] of Object.entries(days)) expect(by(id), id).toBe(day)
  })
})

describe.each(names)('every row of %s', (name) => {
  it('is served by a mechanism or waits for a capability', async () => {
    const pack = await readPack(join(packs, name))
    const covered = coverageOf(pack.plan, mechanismsOf(pack))
    const neither = covered.filter(({ mechanisms, later }) => mechanisms.length === 0 && later === null)
    expect(neither.map(({ clause }) => clause.id)).toEqual([])
    expect(covered.filter(({ mechanisms, later }) => mechanisms.length > 0 && later !== null)).toEqual([])
    const { total, live, later, waitsFor } = countCoverage(covered)
    expect(live + later).toBe(total)
    expect(waitsFor.reduce((sum, { rows }) => sum + rows, 0)).toBe(later)
  })

  it('is served only by what has a page and a test that runs it', async () => {
    const mechanisms = mechanismsOf(await readPack(join(packs, name)))
    expect(twice(mechanisms.map(({ id }) => id))).toEqual([])
    expect(mechanisms.filter(({ path }) => !path.startsWith('/'))).toEqual([])
    const untested = mechanisms.filter(({ test }) => test === undefined || !existsSync(join(projectRoot, test)))
    expect(untested.map(({ id, test }) => `${id}: ${test}`)).toEqual([])
  })
})

/** What is said of the neutral pack when one of its files is changed so. */
async function said(file: string, change: (text: string) => string): Promise<readonly string[]> {
  const path = join(folder, '_neutral', 'plan', file)
  const keep = await readFile(path, 'utf8')
  await writeFile(path, change(keep))
  const error = await readPack(join(folder, '_neutral')).catch((one: unknown) => one)
  await writeFile(path, keep)
  if (!(error instanceof PackError)) throw new Error(`${file} was accepted`)
  return error.problems
}

const clauses = 'clauses/all.yaml'
const at = (line: number) => `数据包文件 _neutral/plan/${clauses} 第${line}行`
const lineOf = async (words: string) => {
  const text = await readFile(join(packs, '_neutral', 'plan', clauses), 'utf8')
  return text.split('\n').findIndex((line) => line.includes(words)) + 1
}

describe('a plan that contradicts itself', () => {
  it.each([
    ['T-1', 'mechanisms: [hazard:stock]', 'mechanisms: [hazard:stok]', '没有机制“hazard:stok”'],
    ['T-1', ', mechanisms: [hazard:stock]', '', '没有落实机制，也没有写等待什么'],
    ['C1-3', 'later: inspection', 'later: inspection, mechanisms: [hazard:stock]', '只能写一项'],
    ['C1-3', 'later: inspection', 'later: someday', '等待的功能只能是'],
    ['C1-3', 'bodies: [departments]', 'bodies: [no-body]', '机构“no-body”不在 bodies.yaml 里'],
    ['C1-3', 'id: C1-3', 'id: C9-3', '所属编号“C9”不在 outline.yaml 里'],
    ['T-1', "due: '2024-12-31'", "due: '2024-02-31'", '日期应为真实存在的'],
    ['T-1', 'kind: hazard', 'kind: hazard, when: often', '没有“when”这一项'],
  ])('is refused with file, line and what to do: %s %s', async (row, before, after, words) => {
    const line = await lineOf(`id: ${row},`)
    const problems = await said(clauses, (text) => {
      return text.replace(new RegExp(`.*id: ${row},.*`), (whole) => whole.replace(before, after))
    })
    expect(problems.join('\n')).toContain(words)
    expect(problems.every((problem) => problem.startsWith(at(line)))).toBe(true)
  })

  it('is refused when a number stands twice, a stage is unknown, or a file is no YAML', async () => {
    expect((await said(clauses, (text) => text.replace('id: T-2', 'id: T-1'))).join()).toContain('“T-1”写了两次')
    const outline = 'outline.yaml'
    expect((await said(outline, (text) => text.replace('stage: act', 'stage: acting'))).join()).toMatch(
      /outline\.yaml 第4行 .*阶段“acting”不在 pack\.yaml 的 stages 里/,
    )
    expect((await said(outline, (text) => `${text}  - [`)).join()).toContain('不是正确的 YAML')
  })

  it('is refused when it is not there at all', async () => {
    const path = join(folder, '_neutral', 'plan')
    await cp(path, `${path}-kept`, { recursive: true })
    await rm(path, { recursive: true })
    const error = await readPack(join(folder, '_neutral')).catch((one: unknown) => one)
    await cp(`${path}-kept`, path, { recursive: true })
    expect(String(error)).toContain('数据包缺少文件 _neutral/plan/outline.yaml')
  })
})
