import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type HazardFilter,
  listHazards,
  listReports,
  moves,
  passDeadline,
  setListing,
  voidHazard,
} from '#capabilities/hazard/model/index.ts'
import * as s from '#capabilities/statistics/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import type { Day } from '#kernel/time.ts'
import { type Crew, openCrew, otherTown, sector, stored, town } from '#test/kit/hazard-acts.ts'
import { openPlay, type Play, systemActor } from '#test/kit/hazard-play.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'

let product: TestProduct
let play: Play
let crew: Crew
let actors: Record<string, Actor>
let past: Day
let lead: string
const otherSector = 'elderlyCare'

/** Some weeks of a small county, played at random but the same every time: two towns, two sectors, every channel. */
beforeAll(async () => {
  product = await openTestProduct('2026-01-20T09:00:00')
  play = await openPlay(product)
  const office = await product.as('anwei')
  const units = [
    { unitId: await product.unit('青阳县试验民爆器材有限公司', town, sector), sector },
    { unitId: await product.unit('青阳县试验养老院', town, otherSector), sector: otherSector },
    { unitId: await product.unit('青阳县外镇民爆器材有限公司', otherTown, sector), sector },
  ]
  const probe = { unitId: units[0]?.unitId ?? '', sector, channel: 'inspection' as const, major: true }
  lead = (await stored(product, await play.register(office, probe))).leadBodyId
  crew = await openCrew(product, probe.unitId, lead)
  const ids: string[] = []
  const findings = fc.sample(
    fc.record({
      unit: fc.constantFrom(...units),
      channel: fc.constantFrom('selfCheck', 'inspection', 'publicReport'),
      major: fc.boolean(),
    }),
    { numRuns: 14, seed: 5 },
  )
  for (const { unit, channel, major } of findings) {
    ids.push(await play.register(office, { ...unit, channel, major: major && unit.sector === sector }))
  }
  await play.fromLedger(town, sector, '2023-03-02', '2023-09-30')
  await play.fromLedger(otherTown, sector, '2023-11-15')
  const steps = fc.sample(fc.record({ pick: fc.nat(99), order: fc.nat(60), days: fc.constantFrom(0, 0, 1, 2, 4) }), {
    numRuns: 90,
    seed: 11,
  })
  for (const [at, step] of steps.entries()) {
    await play.step(crew, ids, step)
    await play.passDue(ids)
    if (at === 45) past = play.today()
  }
  const wrong = await play.register(office, {
    ...probe,
    unitId: units[1]?.unitId ?? '',
    sector: otherSector,
    major: false,
  })
  const written = { recordId: wrong, version: (await stored(product, wrong)).version }
  await product.run(office, voidHazard, { ...written, input: { reason: '录入错误的记录' } })
  const listed = await play.fromLedger(town, sector, '2026-01-02')
  const { version } = await stored(product, listed)
  const order = { listing: 'county' as const, listingId: null, bodyId: lead, dueOn: null, words: '挂牌督办' }
  await product.run(systemActor, setListing, { recordId: listed, version, input: order })
  actors = { administrator: await product.as('admin'), town: crew.town, department: crew.department }
}, 120_000)
afterAll(() => product?.close())

/** How many rows the list has that the number opens; the same answer is asked for once. */
const opened = new Map<string, Promise<number>>()
async function rowsBehind(who: string, filter: HazardFilter, list: s.Measure['list'] = 'hazards'): Promise<number> {
  const key = `${who} ${list} ${JSON.stringify(filter)}`
  const actor = actors[who]
  if (!actor) throw new Error(who)
  const ask = async () => {
    if (list === 'hazards') return rowsOf(actor, filter)
    return (await product.ask(actor, listReports, { ...filter, size: 1 })).total
  }
  const known = opened.get(key) ?? ask()
  opened.set(key, known)
  return known
}

/** The rows themselves, page after page: the total beside them comes from the statistics, which are what is being tried. */
async function rowsOf(actor: Actor, filter: HazardFilter): Promise<number> {
  const ids = new Set<string>()
  for (let page = 1; ; page += 1) {
    const { rows, total } = await product.ask(actor, listHazards, { ...filter, size: 200, page })
    for (const row of rows) ids.add(row.id)
    if (rows.length < 200) {
      expect(total, JSON.stringify(filter)).toBe(ids.size)
      return ids.size
    }
  }
}

type Pair = readonly [s.Dimension, s.Dimension]
const pairsOf = (measure: s.Measure): Pair[] => {
  const known = s.dimensionsOf(measure)
  return known.flatMap((rows, at) => known.slice(at + 1).map((columns): Pair => [rows, columns]))
}

async function walk(who: string, id: s.MeasureId, [rows, columns]: Pair, asOf: Day | undefined) {
  const actor = actors[who]
  if (!actor) throw new Error(who)
  const measure = s.measureOf(id)
  const answer = await product.ask(actor, s.table, { measure: id, rows, columns, ...(asOf ? { asOf } : {}) })
  const wrong: string[] = []
  const check = async (n: number, filter: HazardFilter, name: string) => {
    const held = await rowsBehind(who, filter, measure.list)
    if (held !== n) wrong.push(`${who} ${id} ${name}: ${n} shown, ${held} in the list`)
  }
  await check(answer.total, answer.filter, 'total')
  for (const cell of answer.cells) {
    const row = s.narrow(measure, answer.filter, rows, cell.row)
    await check(cell.n, s.narrow(measure, row, columns, cell.column), `${rows}=${cell.row} ${columns}=${cell.column}`)
  }
  return { wrong, cells: answer.cells.length }
}

describe.each(['administrator', 'town', 'department'])('as %s', (who) => {
  test.each(s.measureIds)('every cell of every table of %s opens exactly its rows', async (id) => {
    let cells = 0
    for (const pair of pairsOf(s.measureOf(id))) {
      const walked = await walk(who, id, pair, undefined)
      expect(walked.wrong).toEqual([])
      cells += walked.cells
    }
    if (who === 'administrator') expect(cells, 'nothing was counted').toBeGreaterThan(0)
  })

  test.each(s.measureIds)('%s as of a past day opens the rows of that day', async (id) => {
    const [pair] = pairsOf(s.measureOf(id))
    if (!pair) throw new Error('no dimensions')
    expect((await walk(who, id, pair, past)).wrong).toEqual([])
  })

  test('every figure of the overview opens exactly its rows, now and as of a past day', async () => {
    const actor = actors[who]
    if (!actor) throw new Error(who)
    for (const asOf of [undefined, past]) {
      const answer = await product.ask(actor, s.overview, asOf ? { asOf } : {})
      for (const [id, { n, filter }] of Object.entries(answer.counts)) {
        expect(await rowsBehind(who, filter, s.measureOf(id as s.MeasureId).list), id).toBe(n)
      }
      for (const [id, { count }] of Object.entries(answer.rates)) {
        expect(await rowsBehind(who, count.filter), id).toBe(count.n)
      }
    }
  })

  test.each([{}, { level: 'major' as const }])(
    'months add up and every one of their numbers opens its rows: %o',
    async (limits) => {
      const actor = actors[who]
      if (!actor) throw new Error(who)
      for (const asOf of [undefined, past]) {
        const { months } = await product.ask(actor, s.flow, {
          ...limits,
          from: '2025-12',
          to: '2026-12',
          ...(asOf ? { asOf } : {}),
        })
        expect(months.length).toBeGreaterThan(1)
        expect(months.at(-1)?.until).toBe(asOf ?? play.today())
        for (const month of months) {
          const { opening, entered, reopened, restored, adjustedIn, adjustedOut, closed, removed, standing } = month
          const came = entered.n + reopened.n + restored.n + adjustedIn.n
          expect(opening.n + came - adjustedOut.n - closed.n - removed.n, month.month).toBe(standing.n)
          for (const key of ['opening', ...moves, 'standing', 'stock'] as const) {
            expect(await rowsBehind(who, month[key].filter), `${month.month} ${key}`).toBe(month[key].n)
          }
        }
      }
    },
  )
})

test('a county without limits is not counted twice: towns see less than the administrator', async () => {
  const [admin, clerk] = [
    await rowsBehind('administrator', { scopeOnly: true }),
    await rowsBehind('town', { scopeOnly: true }),
  ]
  expect(clerk).toBeGreaterThan(0)
  expect(clerk).toBeLessThan(admin)
})

test('mean days open and the rates are what the rows say', async () => {
  const { rows } = await product.ask(actors.administrator as Actor, listHazards, { stateType: 'standing', size: 200 })
  const today = play.today()
  const days = rows.map((row) => Math.round((Date.parse(today) - Date.parse(row.foundOn)) / 86_400_000))
  const { rates } = await product.ask(actors.administrator as Actor, s.overview, {})
  const mean = days.reduce((sum, n) => sum + n, 0) / days.length
  expect(rates.meanDaysOpen?.value).toBeCloseTo(Math.round(mean * 10) / 10, 5)
  const total = async (filter: HazardFilter) => rowsBehind('administrator', filter)
  const ever = await total({ everClosed: true })
  expect(rates.reopenRate?.value).toBeCloseTo((await total({ reopened: true })) / ever, 3)
})

test('a table that cannot be told is refused with the reason instead of answering nought', async () => {
  const admin = actors.administrator as Actor
  const ask = (input: Parameters<typeof product.ask>[2]) => product.ask(admin, s.table, input as never)
  await expect(ask({ measure: 'reports', level: 'major', columns: 'sector' })).rejects.toThrow('发现次数不分隐患等级')
  await expect(ask({ measure: 'reports', rows: 'level' })).rejects.toThrow('不能按隐患等级分')
  await expect(ask({ measure: 'majorOverdue', level: 'general', columns: 'sector' })).rejects.toThrow('只统计重大隐患')
})

test('what a ledger brings counts as overdue from the day after its deadline, not from the day it was imported', async () => {
  const late = await play.fromLedger(town, sector, '2024-05-06')
  const pass = async (recordId: string) => {
    const { version, dueOn } = await stored(product, recordId)
    await product.run(systemActor, passDeadline, { recordId, version, input: { basis: dueOn ?? '' } })
  }
  await pass(late)
  const overdueOn = async (asOf: Day) => {
    const { counts } = await product.ask(actors.administrator as Actor, s.overview, { asOf })
    const { n = -1, filter = {} } = counts.overdue ?? {}
    const { rows, total } = await product.ask(actors.administrator as Actor, listHazards, { ...filter, size: 200 })
    expect(total).toBe(n)
    return rows.map(({ id }) => id)
  }
  expect(await overdueOn('2024-06-05')).not.toContain(late)
  expect(await overdueOn('2024-06-06')).toContain(late)
  // Something was done between the import and the clock: history may not be written into what came after it.
  const touched = await play.fromLedger(town, sector, '2024-05-06')
  const version = (await stored(product, touched)).version
  const order = { listing: 'county' as const, listingId: null, bodyId: lead, dueOn: null, words: '挂牌督办' }
  await product.run(systemActor, setListing, { recordId: touched, version, input: order })
  await pass(touched)
  expect(await overdueOn('2024-06-06')).not.toContain(touched)
  expect(await overdueOn(play.today())).toContain(touched)
})
