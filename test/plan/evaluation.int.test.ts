import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listHazards } from '#capabilities/hazard/model/index.ts'
import { evaluation, evaluationReport, wall } from '#capabilities/plan/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { readDocument } from '#platform/documents/read.ts'
import { partsOf } from '#shell/router/address.ts'
import { otherTown, sector, town } from '#test/kit/hazard-acts.ts'
import { openPlay } from '#test/kit/hazard-play.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'

let product: TestProduct
let office: Actor

beforeAll(async () => {
  product = await openTestProduct('2026-11-24T09:00:00')
  const play = await openPlay(product)
  office = await product.as('anwei')
  const silent = await product.unit('从不自查的民爆公司', town, sector)
  const honest = await product.unit('认真自查的民爆公司', otherTown, sector)
  const found = (unitId: string, channel: 'selfCheck' | 'inspection') =>
    play.register(office, { unitId, sector, channel, major: true })
  await found(silent, 'inspection')
  await found(silent, 'inspection')
  await found(honest, 'inspection')
  await found(honest, 'selfCheck')
  await play.fromLedger(town, sector, '2023-03-02', '2023-09-30')
  await play.fromLedger(town, sector, '2023-05-02')
}, 120_000)
afterAll(() => product?.close())

test('says of every tile what the wall says, of every clause how it stands, for any day and area', async () => {
  for (const limits of [{}, { asOf: '2024-06-30' }, { area: town }, { body: 'emergency-management' }]) {
    const answer = await product.ask(office, evaluation, limits)
    const { tiles } = await product.ask(office, wall, limits)
    expect(answer.tiles).toEqual(tiles)
    expect(answer.clauses).toHaveLength(tiles.reduce((sum, tile) => sum + tile.clauses, 0))
    for (const tile of tiles) {
      const own = answer.clauses.filter(({ section }) => section === tile.id)
      expect(own.some(({ state }) => state === 'unmet')).toBe(tile.state === 'unmet')
    }
  }
})

test('finds what recurs, and units whose own checks find nothing', async () => {
  const { problems } = await product.ask(office, evaluation, {})
  expect(problems.zeroFinding).toEqual({ inspected: 2, silent: 1 })
  expect(problems.sectors).toMatchObject([{ key: sector, found: 6, everClosed: 1, reopened: 0 }])
  expect(problems.areas.map(({ key, found }) => [key, found])).toEqual([
    [town, 4],
    [otherTown, 2],
  ])
  const { rows } = await sql<{ key: string; n: number }>`
    select detail->'judgement'->>'criterionId' as key, count(*) as n from hazard
    where county = '341723' and detail->'judgement'->>'criterionId' is not null group by 1 order by 2 desc, 1`.execute(
    product.product.database.db,
  )
  expect(problems.criteria.map(({ key, found }) => ({ key, n: found }))).toEqual(rows)
  expect(rows.length).toBeGreaterThan(0)
  for (const { list, found } of [...problems.sectors, ...problems.areas]) {
    expect((await product.ask(office, listHazards, { ...partsOf(list).search })).total).toBe(found)
  }
  const past = await product.ask(office, evaluation, { asOf: '2023-12-31' })
  expect(past.problems.sectors).toMatchObject([{ key: sector, found: 2 }])
  const ofOther = await product.ask(office, evaluation, { body: 'party-school' })
  expect(ofOther.problems.sectors).toEqual([])
})

test('leaves as a Word document with the same numbers, written into the audit of exports', async () => {
  const download = product.product.modules.all
    .flatMap((module) => module.downloads ?? [])
    .find(({ contract }) => contract.id === evaluationReport.id)
  const file = await download?.open(product.context(office), { area: town })
  expect(file?.name).toMatch(/^总结评估报告-2026-11-24.*\.docx$/)
  const pieces: Buffer[] = []
  for await (const piece of file?.body ?? []) pieces.push(Buffer.from(piece))
  const path = join(product.home, 'report.docx')
  await writeFile(path, Buffer.concat(pieces))
  const paragraphs = await readDocument(path)
  const said = typeof paragraphs === 'string' ? paragraphs : paragraphs.map((one) => one.text).join('\n')
  // The reader takes out spaces that stand between signs.
  const tight = (words: string) => words.replaceAll(/\s/g, '')
  const text = tight(said)
  const answer = await product.ask(office, evaluation, { area: town })
  for (const words of ['总结评估报告', '共性问题和突出隐患', '逐条评估', '督导检查查出重大隐患的单位 1 家']) {
    expect(text).toContain(tight(words))
  }
  for (const { id, text: words } of answer.clauses) {
    expect(text, id).toContain(id)
    expect(text, id).toContain(tight(words))
  }
  const { rows } = await sql<{ title: string; words: string; rows: number; format: string }>`
    select title, words, rows, format from export_log where county = '341723' order by at desc, id desc limit 1`.execute(
    product.product.database.db,
  )
  const { name } = product.product.modules.directory.index.areas.get(town) ?? { name: '' }
  const words = `乡镇（开发区）：${name}`
  expect(rows[0]).toEqual({ title: '总结评估报告', words, rows: answer.clauses.length, format: 'docx' })
})
