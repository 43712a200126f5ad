import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mechanismsOf } from '#apps/packs/mechanisms.ts'
import { hazardStates, isStanding, listHazards } from '#capabilities/hazard/model/index.ts'
import { clause, coverage, sumOf, type WallLimits, wall } from '#capabilities/plan/model/index.ts'
import { type Actor, boxesFor, inBox } from '#kernel/grants.ts'
import { addDays, type Day, yearOf } from '#kernel/time.ts'
import type { Standing } from '#platform/module/module.ts'
import { partsOf } from '#shell/router/address.ts'
import { type Crew, openCrew, otherTown, sector, stored, town } from '#test/kit/hazard-acts.ts'
import { openPlay, type Play } from '#test/kit/hazard-play.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'

let product: TestProduct
let play: Play
let crew: Crew
let days: Day[]
let actors: readonly Actor[]
const otherSector = 'elderlyCare'

/** Some weeks of a small county: stock from ledgers, two towns, two sectors, every channel, closings in time and late. */
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
  const lead = (await stored(product, await play.register(office, probe))).leadBodyId
  crew = await openCrew(product, probe.unitId, lead)
  await play.fromLedger(town, sector, '2023-03-02', '2023-09-30')
  await play.fromLedger(town, sector, '2023-05-02', '2025-02-10')
  await play.fromLedger(town, sector, '2024-05-02', '2024-06-10')
  await play.fromLedger(otherTown, sector, '2023-11-15')
  await play.fromLedger(otherTown, otherSector, '2025-03-15')
  const ids: string[] = []
  const findings = fc.sample(
    fc.record({ unit: fc.constantFrom(...units), channel: fc.constantFrom('selfCheck', 'inspection', 'publicReport') }),
    { numRuns: 14, seed: 7 },
  )
  for (const { unit, channel } of findings) {
    ids.push(await play.register(office, { ...unit, channel, major: unit.sector === sector }))
  }
  const steps = fc.sample(fc.record({ pick: fc.nat(99), order: fc.nat(60), days: fc.constantFrom(0, 0, 1, 2, 4) }), {
    numRuns: 80,
    seed: 3,
  })
  for (const step of steps) {
    await play.step(crew, ids, step)
    await play.passDue(ids)
  }
  days = ['2023-08-01', '2024-12-31', '2025-01-01', '2025-12-31', '2026-01-25', addDays(play.today(), -9), play.today()]
  actors = [
    office,
    crew.town,
    await product.as('auditor'),
    await product.account('muzhen-and-care', [
      { role: 'town', area: town, sectors: null, unitId: null, bodyId: 'town-muzhen' },
      { role: 'department', area: '341723', sectors: [otherSector], unitId: null, bodyId: 'civil-affairs' },
    ]),
    await product.account('one-sector', [
      { role: 'department', area: otherTown, sectors: [sector], unitId: null, bodyId: 'public-security' },
    ]),
  ]
}, 240_000)
afterAll(() => product?.close())

interface Span {
  readonly area: string
  readonly sector: string
  readonly level: string
  readonly channel: string
  readonly state: keyof typeof hazardStates
  readonly found_on: string
  readonly due_on: string | null
  readonly closed_on: string | null
  readonly overdue: boolean
}

/** Every hazard as it stood, one by one, and only those of the actor's own grants: nothing of the product's counting. */
async function standing(
  actor: Actor,
  day: Day,
  limits: { area?: string; sectors?: readonly string[] },
): Promise<Span[]> {
  const { rows } = await sql<Span>`
    select * from hazard_span where county = '341723' and from_day <= ${day} and to_day > ${day}`.execute(
    product.product.database.db,
  )
  const boxes = boxesFor(actor, 'statistics.read', product.product.modules.permissions)
  return rows.filter((row) => {
    const facets = { area: row.area, sectors: [row.sector], unitId: null, bodyIds: [] }
    return (
      boxes.some((box) => inBox(box, facets)) &&
      (!limits.area || row.area.startsWith(limits.area)) &&
      (!limits.sectors || limits.sectors.includes(row.sector)) &&
      hazardStates[row.state].type !== 'void'
    )
  })
}

type Numbers = Pick<Standing, 'due' | 'met' | 'late' | 'open' | 'missed'>
const count = <T>(list: readonly T[], wanted: (one: T) => boolean) => list.filter(wanted).length

function closing(rows: readonly Span[]): Numbers {
  const late = count(rows, ({ state, closed_on, due_on }) => state === 'closed' && (closed_on ?? '') > (due_on ?? '9'))
  return {
    due: rows.length,
    met: count(rows, ({ state }) => state === 'closed') - late,
    late,
    open: count(rows, ({ state, overdue }) => isStanding(state) && !overdue),
    missed: count(rows, ({ state, overdue }) => isStanding(state) && overdue),
  }
}

async function expected(actor: Actor, asOf: Day, limits: { area?: string; sectors?: readonly string[] }) {
  const rows = await standing(actor, asOf, limits)
  const majors = rows.filter(({ level }) => level === 'major')
  const stock = majors.filter(({ found_on }) => found_on <= '2023-12-31')
  const due = '2024-12-31'
  const then = (await standing(actor, asOf < due ? asOf : due, limits)).filter(
    ({ level, found_on }) => level === 'major' && found_on <= '2023-12-31',
  )
  const closed = count(stock, ({ state }) => state === 'closed')
  const inTime = Math.min(
    closed,
    count(then, ({ state }) => state === 'closed'),
  )
  const left = stock.length - closed
  const all = closing(majors)
  const overdueOnly = { due: all.late + all.missed, met: 0, late: all.late, open: 0, missed: all.missed }
  const numbers: Record<string, Numbers> = {
    'hazard:stock': {
      due: stock.length,
      met: inTime,
      late: closed - inTime,
      open: asOf > due ? 0 : left,
      missed: asOf > due ? left : 0,
    },
    'hazard:closure': all,
    'hazard:closureAll': closing(rows),
    'hazard:overdue': overdueOnly,
  }
  for (const channel of ['selfCheck', 'inspection', 'publicReport']) {
    numbers[`hazard:${channel}`] = closing(majors.filter((row) => row.channel === channel))
  }
  return { numbers, rows, majors }
}

async function mechanismsIn(actor: Actor, limits: WallLimits) {
  const { tiles } = await product.ask(actor, wall, limits)
  const found = new Map<string, Standing>()
  for (const tile of tiles) {
    const answer = await product.ask(actor, clause, { ...limits, id: tile.id })
    expect(answer.tile, tile.id).toEqual(tile)
    const mine = new Map(
      answer.clauses
        .flatMap(({ mechanisms }) => mechanisms)
        .flatMap(({ id, standing: told }) => (told ? [[id, { id, ...told }] as const] : [])),
    )
    expect(sumOf([...mine.values()]), tile.id).toEqual(tile.numbers)
    for (const [id, told] of mine) found.set(id, told)
  }
  return found
}

describe('the numbers of the wall', () => {
  test('are those of the records, counted one by one, for every day and everybody', async () => {
    for (const actor of actors) {
      for (const asOf of days) {
        for (const area of [undefined, town]) {
          const found = await mechanismsIn(actor, { asOf, area })
          const { numbers, majors } = await expected(actor, asOf, { area })
          for (const [id, wanted] of Object.entries(numbers)) {
            const told = found.get(id)
            const { due, met, late, open, missed } = told ?? { due: -1, met: 0, late: 0, open: 0, missed: 0 }
            expect({ due, met, late, open, missed }, `${actor.name} ${asOf} ${area} ${id}`).toEqual(wanted)
          }
          for (const told of found.values()) {
            expect(told.met + told.late + told.open + told.missed, `${told.id} ${asOf}`).toBe(told.due)
          }
          const inFire = found.get('hazard:in-fire')
          expect(inFire?.due).toBe(count(majors, (row) => row.sector === 'fire'))
        }
      }
    }
  }, 240_000)

  test('open a list with exactly the records that are due', async () => {
    for (const actor of actors) {
      for (const asOf of days) {
        const found = await mechanismsIn(actor, { asOf })
        for (const id of ['hazard:closure', 'hazard:stock', 'hazard:selfCheck']) {
          const list = found.get(id)?.list ?? ''
          expect(list.startsWith('/hazards?')).toBe(true)
          const { total } = await product.ask(actor, listHazards, { ...partsOf(list).search, size: 20 })
          expect(total, `${actor.name} ${id} ${asOf} ${list}`).toBe(found.get(id)?.due)
        }
      }
    }
  }, 240_000)

  test('for a body are those of its town or of the sectors it leads', async () => {
    const [office] = actors
    if (!office) throw new Error('no office')
    const today = play.today()
    const { modules, pack } = product.product
    const townBody = modules.directory.index.areas.get(town)?.bodyId ?? ''
    const ofTown = await mechanismsIn(office, { body: townBody })
    expect(ofTown.get('hazard:database')?.due).toBe(1)
    expect(ofTown.get('hazard:stock')?.due).toBe(
      (await expected(office, today, { area: town })).numbers['hazard:stock']?.due,
    )
    const lead = pack.matrix.find((row) => row.sector === sector && row.role !== 'participant')?.body ?? ''
    const sectors = pack.matrix
      .filter(({ body, role }) => body === lead && role !== 'participant')
      .map((row) => row.sector)
    const ofLead = await mechanismsIn(office, { body: lead })
    expect(ofLead.get('hazard:closure')?.due).toBe((await expected(office, today, { sectors })).majors.length)
  })

  test('tell of the areas whether they found less, are free of overdue hazards, and are in the database', async () => {
    const [office] = actors
    if (!office) throw new Error('no office')
    const asOf = days.at(-1) ?? ''
    const found = await mechanismsIn(office, { asOf })
    const { majors, rows } = await expected(office, asOf, {})
    const supervised = [...product.product.modules.directory.index.areas.values()].filter((area) => area.supervised)
    const inArea = (list: readonly Span[], code: string) => list.filter((row) => row.area.startsWith(code))
    const free = count(
      supervised,
      ({ code }) => !inArea(majors, code).some((row) => row.overdue && isStanding(row.state)),
    )
    expect(found.get('hazard:zero')).toMatchObject({ due: supervised.length, met: free, missed: 0 })
    const there = count(supervised, ({ code }) => inArea(rows, code).length > 0)
    expect(found.get('hazard:database')).toMatchObject({ due: supervised.length, met: there })
    const year = (list: readonly Span[], of: number) => count(list, (row) => yearOf(row.found_on) === of)
    const less = count(supervised, ({ code }) => year(inArea(majors, code), 2025) <= year(inArea(majors, code), 2024))
    expect(found.get('hazard:growth')?.met).toBe(less)
    const standingMajors = majors.filter((row) => isStanding(row.state))
    expect(found.get('hazard:plans')?.due).toBe(standingMajors.length)
    expect(found.get('hazard:channels')?.met).toBe(new Set(majors.map((row) => row.channel)).size)
    expect(found.get('statistics:table')).toMatchObject({ due: 1, met: 1 })
    const reopened = await sql<{ ever: number; again: number }>`
      select count(*) filter (where closures > 0) as ever, count(*) filter (where reopened > 0) as again
      from hazard where county = '341723' and level = 'major'`.execute(product.product.database.db)
    const { ever = 0, again = 0 } = reopened.rows[0] ?? {}
    expect(found.get('statistics:reopened')).toMatchObject({ due: ever, met: ever - again, open: again })
  })

  test('of listings, of the criteria and of the matrix answer as well', async () => {
    const [office] = actors
    if (!office) throw new Error('no office')
    const found = await mechanismsIn(office, {})
    expect(found.get('listing:orders')).toMatchObject({ due: 0, zeroConfirmed: false })
    expect(found.get('listing:yearly')).toMatchObject({ due: 3, met: 0, missed: 2, open: 1, nextDue: '2026-09-30' })
    expect(found.get('criteria:library')?.met).toBeGreaterThan(5)
    expect(found.get('directory:matrix')).toMatchObject({ due: 33, met: 33, metOn: '2024-03-07' })
    expect(found.get('directory:lead-civilExplosives')).toMatchObject({ due: 1, met: 1 })
  })
})

test('what the packs may name is what the modules keep', () => {
  const { modules, pack } = product.product
  const kept = modules.all.flatMap((module) => module.mechanisms ?? []).flatMap((source) => source.mechanisms())
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).sort()
  expect(ids(mechanismsOf(pack))).toEqual(ids(kept))
})

test('the coverage the product shows is that of the pack, and narrows to what is asked for', async () => {
  const [office] = actors
  if (!office) throw new Error('no office')
  const all = await product.ask(office, coverage, {})
  expect(all.rows).toHaveLength(all.total)
  const live = await product.ask(office, coverage, { live: 'live' })
  expect(live.rows).toHaveLength(all.live)
  expect(live.rows.every(({ mechanisms, later }) => mechanisms.length > 0 && later === null)).toBe(true)
  const later = await product.ask(office, coverage, { live: 'later' })
  expect(later.rows).toHaveLength(all.later)
  for (const { id, rows } of all.waitsFor) {
    expect((await product.ask(office, coverage, { later: id as 'duty' })).rows).toHaveLength(rows)
  }
  const found = await product.ask(office, coverage, { text: 'm16' })
  expect(found.rows.map(({ id }) => id)).toEqual(['M16-1', 'M16-2', 'M16-3', 'M16-4', 'M16-5', 'M16-6'])
  expect((await product.ask(office, coverage, { kind: 'team' })).rows.every(({ kind }) => kind === 'team')).toBe(true)
})

test('a person without the permission sees no wall, and a clause that is not there is not found', async () => {
  const holds = async (login: string) => product.context(await product.as(login)).holds(wall.permission)
  expect([await holds('anwei'), await holds('nobody'), await holds('unit001')]).toEqual([true, false, false])
  const [office] = actors
  if (!office) throw new Error('no office')
  await expect(product.ask(office, clause, { id: 'M99' })).rejects.toMatchObject({ def: { code: 'core.notFound' } })
  await expect(product.ask(office, clause, { id: 'M01-99' })).rejects.toMatchObject({ def: { code: 'core.notFound' } })
})
