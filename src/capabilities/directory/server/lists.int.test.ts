import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Grant } from '#kernel/grants.ts'
import { createTestDatabase, type TestDatabase } from '#test/kit/database.ts'
import { readPage } from '#test/oracle/page.ts'
import { readFor } from '#test/oracle/reading.ts'
import * as c from '../model/index.ts'
import { actorWith, county, office, openRig, type Rig, sheetOf, smallCounty } from './directory.rig.ts'

interface Known {
  readonly id: string
  readonly area: string
  readonly sectors: readonly string[]
}

let database: TestDatabase
let rig: Rig
const known: Known[] = []
const areas = ['341723101', '341723101001', '341723102', '341723108']
const sectors = smallCounty.sectors.map((sector) => sector.id)

beforeAll(async () => {
  database = await createTestDatabase()
  rig = await openRig(database.db)
  const records = fc.sample(
    fc.record({
      area: fc.constantFrom(...areas),
      sectors: fc.uniqueArray(fc.constantFrom(...sectors), { minLength: 1, maxLength: 3 }),
    }),
    { numRuns: 60, seed: 20261123 },
  )
  for (const record of records) {
    const principal = { name: '负责人', phone: '' }
    known.push({ id: await rig.register({ ...record, principal }), ...record })
  }
})
afterAll(() => database?.drop())

/** The units a person with this grant may see, by the page of permissions; test/oracle tries every role and scope. */
function seenBy(grant: Partial<Grant>): Known[] {
  const open = { role: 'town' as const, area: county, sectors: null, unitId: null, bodyId: null }
  const person = { accountId: '', grants: [{ ...open, ...grant, from: '2000-01-01', to: null }], today: '2026-11-23' }
  const reading = readFor(readPage(), person, () => [])
  return known.filter(({ id, area, sectors: of }) =>
    reading.may('directory.readUnit', { area, sectors: of, unitId: id, bodies: [] }),
  )
}

describe('the area × sector table', () => {
  const clerk = { role: 'town' as const, area: '341723101' }
  const people: [string, Partial<Grant>, readonly string[]][] = [
    ['a town clerk', clerk, ['341723101']],
    ['a department', { role: 'department', sectors: ['mines', 'industry'] }, ['341723101', '341723102']],
    ['an administrator', { role: 'administrator' }, ['341723101', '341723102']],
  ]

  test.each(people)(
    'of %s has the sums of a naive count, and every number the list of exactly that many',
    async (_, grant, own) => {
      const actor = actorWith(grant)
      for (const filter of [
        {},
        { area: '341723101001' },
        { sector: 'industry' },
        { highRisk: true },
      ] as c.UnitFilter[]) {
        const seen = seenBy(grant)
          .filter((unit) => !filter.area || unit.area.startsWith(filter.area))
          .filter((unit) => !filter.sector || unit.sectors.includes(filter.sector))
          .filter((unit) => !filter.highRisk || unit.sectors.some((id) => id === 'mines' || id === 'explosives'))
        const table = await rig.ask(actor, c.countUnits, filter)
        const total = async (more: c.UnitFilter) => (await rig.ask(actor, c.listUnits, { ...filter, ...more })).total
        const areaOf = (area: string) => (filter.area?.startsWith(area) ? filter.area : area)
        expect(table.total).toBe(seen.length)
        expect(await total({})).toBe(seen.length)
        expect(await total({ highRisk: true })).toBe(table.highRisk)
        for (const { area, n } of table.areas) {
          expect(n).toBe(seen.filter((unit) => unit.area.startsWith(area)).length)
          expect(await total({ area: areaOf(area) })).toBe(n)
        }
        for (const { sector, n } of table.sectors) {
          expect(n).toBe(seen.filter((unit) => unit.sectors.includes(sector)).length)
          expect(await total({ sector })).toBe(n)
        }
        for (const { area, sector, n } of table.cells) {
          expect(n).toBe(seen.filter((unit) => unit.area.startsWith(area) && unit.sectors.includes(sector)).length)
          expect(await total({ area: areaOf(area), sector })).toBe(n)
        }
        // Every number has its row and its column; a supervised town of the viewer stands there even when it is empty.
        const rows = table.areas.map(({ area }) => area)
        const columns = table.sectors.map(({ sector }) => sector)
        expect(table.cells.every(({ area, sector }) => rows.includes(area) && columns.includes(sector))).toBe(true)
        expect(rows).toEqual(expect.arrayContaining(filter.area ? ['341723101'] : [...own]))
        if (grant === clerk) expect(rows).toEqual(['341723101'])
      }
    },
  )

  test('goes out as a sheet with the sums of the screen', async () => {
    const table = await rig.ask(office, c.countUnits, { highRisk: true })
    const sheet = await sheetOf(rig, office, c.exportUnitCounts, { highRisk: true })
    expect(sheet[0]).toEqual(['乡镇（开发区）', ...table.sectors.map(({ name }) => name), '单位数（不重复）'])
    expect(sheet.map((row) => row[0])).toEqual(['乡镇（开发区）', ...table.areas.map(({ name }) => name), '合计'])
    expect(sheet.at(-1)).toEqual(['合计', ...table.sectors.map(({ n }) => String(n)), String(table.total)])
    expect(sheet[1]?.at(-1)).toBe(String(table.areas[0]?.n))
  })
})

test('pages do not overlap, cover the list, and unknown sort words fall back to the usual order', async () => {
  const usual = (await rig.ask(office, c.listUnits, { size: 200 })).rows.map((row) => row.id)
  const pages = []
  for (const page of [1, 2, 3]) pages.push(await rig.ask(office, c.listUnits, { page, size: 25, sort: 'no such' }))
  expect(pages.flatMap((page) => page.rows.map((row) => row.id))).toEqual(usual)
  const down = await rig.ask(office, c.listUnits, { size: 200, sort: '-area' })
  expect(down.rows[0]?.area).toBe('341723108')
})

test('signs that SQL gives a meaning are plain letters in a search', async () => {
  const unitId = await rig.register({ name: '百分之百%_\\厂' })
  const find = async (text: string) => (await rig.ask(office, c.listUnits, { text, size: 200 })).rows
  expect((await find('%_\\')).map((row) => row.id)).toEqual([unitId])
  expect(await find('_%_%_%')).toEqual([])
  expect(await find("' or 1=1 --")).toEqual([])
})
