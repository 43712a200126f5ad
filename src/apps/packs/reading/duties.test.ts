import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PackForm, PackRule } from '#capabilities/duty/model/pack.ts'
import { projectRoot } from '#platform/config/config.ts'
import { PackError, readPack } from '../read.ts'

const packs = join(projectRoot, 'packs')
let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'zhiben-packs-'))
  for (const name of ['_national', '_neutral']) await cp(join(packs, name), join(root, name), { recursive: true })
})
afterEach(() => rm(root, { recursive: true, force: true }))

/** What is said of the neutral pack after one text of its duties has been replaced by another. */
async function saidOf(from: string, to: string): Promise<string> {
  const file = join(root, '_neutral/duties/duties.yaml')
  const text = await readFile(file, 'utf8')
  expect(text).toContain(from)
  await writeFile(file, text.replace(from, to))
  const error = await readPack(join(root, '_neutral')).then(
    () => undefined,
    (refused: unknown) => refused,
  )
  if (!(error instanceof PackError)) throw new Error('the pack was taken')
  return error.message
}

describe('the duties of a pack', () => {
  it('are refused with file, line and what to do', async () => {
    expect(await saidOf('period: quarter', 'period: weekly')).toMatch(
      /duties\.yaml 第\d+行 rules\.0\.period：周期 period 应为 month、quarter/,
    )
  })

  it.each([
    ['quota: { n: 2, unit: days }', 'quota: { n: 0, unit: days }', /rules\.0\.quota.*/],
    [
      '{ form: visit }',
      '{ form: visits }',
      /第23行 rules\.0\.fulfilledBy\.0：没有记录表 visits，请在 forms 中补上或改正/,
    ],
    [
      '{ source: hazard.selfCheck }',
      '{ source: hazard.own }',
      /没有记录来源 hazard\.own，现有：hazard\.selfCheck、listing\.batch/,
    ],
    ['responsible: committee-office', 'responsible: nobody', /数据包中没有机构 nobody，请改正/],
    [
      '{ parameter: duty.ownCheck.period }',
      '{ parameter: duty.ownCheck.times }',
      /parameters\.yaml 中没有参数 duty\.ownCheck\.times/,
    ],
    ['population: { units: {} }', 'population: { units: { sectors: [mines] } }', /数据包中没有行业领域 mines/],
    [
      'population: { units: {} }',
      'population: { units: { colour: red } }',
      /第\d+行 rules\.1\.population\.units\.colour：没有“colour”这一项/,
    ],
    ['- id: unit-check', '- id: town-visit', /第\d+行 rules\.1\.id：代码 town-visit 前面已经用过/],
    ["until: '2026-12-31'", "until: '2023-12-31'", /结束日期早于开始日期/],
    ['forms:', 'forms: [', /不是正确的 YAML/],
    ['  - id: visit', '  - id: visit\n    colour: red', /第\d+行 forms\.0\.colour/],
  ])('with %s for %s is refused', async (from, to, words) => {
    expect(await saidOf(from, to)).toMatch(words)
  })

  it('of the county cover every row of the plan that recurs', async () => {
    const { duties } = await readPack(join(packs, 'qingyang-2024-2026'))
    const clauses = new Set(duties.rules.flatMap((rule) => rule.clauses))
    const recurring = ['M01-2', 'M02-5', 'M04-12', 'M04-13', 'M07-1', 'M07-2', 'M07-11', 'M08-9', 'M23-1', 'M23-2']
    const others = ['M30-5', 'M30-6', 'M30-7', 'S1-6', 'S1-7', 'S3-4', 'S3-5', 'M02-7', 'S1-9']
    const dated = ['P1-3', 'G-6', 'G-7', 'G-8', 'M04-4', 'M04-5', 'M04-6', 'M04-7', 'M04-8', 'M16-4', 'M17-2', 'M18-4']
    const more = ['M18-5', 'M18-6', 'M18-7', 'M18-8', 'M19-8', 'M20-8', 'M20-9', 'M22-1', 'M24-2', 'M24-3', 'M25-9']
    const wanted = [...recurring, ...others, ...dated, ...more, 'M29-2', 'M29-4']
    expect(wanted.filter((clause) => !clauses.has(clause))).toEqual([])
  })

  it('say every form and rule in words people read', async () => {
    const { duties } = await readPack(join(packs, 'qingyang-2024-2026'))
    const words = [
      ...duties.forms.flatMap((form: PackForm) => [form.title, form.people, form.note]),
      ...duties.rules.flatMap((rule: PackRule) => [rule.title, rule.note ?? '']),
    ]
    expect(words.filter((text) => /[a-z]{2,}/.test(text))).toEqual([])
  })
})
