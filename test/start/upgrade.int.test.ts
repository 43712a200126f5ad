import { readdir } from 'node:fs/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isMigrated, migrate } from '#platform/db/migrate.ts'
import { verifyTally } from '#platform/tally/verify.ts'
import { openCrew, sector, stored, town } from '#test/kit/hazard-acts.ts'
import { openPlay } from '#test/kit/hazard-play.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { countRows, fillOlder, migrations, type OlderDatabase, openOlder, schemaOf } from './older-schema.ts'

let test: TestProduct

/** A few weeks of one town: findings, closings, reopenings, merges, a ledger. */
beforeAll(async () => {
  test = await openTestProduct('2026-01-20T09:00:00')
  const play = await openPlay(test)
  const office = await test.as('anwei')
  const unitId = await test.unit('青阳县试验民爆器材有限公司', town, sector)
  const finding = { unitId, sector, channel: 'inspection' as const, major: true }
  const ids = [await play.register(office, finding)]
  const crew = await openCrew(test, unitId, (await stored(test, ids[0] ?? '')).leadBodyId)
  for (const major of [true, false, false, true]) ids.push(await play.register(office, { ...finding, major }))
  await play.fromLedger(town, sector, '2023-03-02', '2023-09-30')
  const step = fc.record({ pick: fc.nat(99), order: fc.nat(60), days: fc.constantFrom(0, 1, 3) })
  for (const turn of fc.sample(step, { numRuns: 45, seed: 3 })) {
    await play.step(crew, ids, turn)
    await play.passDue(ids)
  }
}, 240_000)
afterAll(() => test?.close())

/** Schemas a county may still run, by the first migration they had not seen, and what came into being only later. */
const ages = [
  { before: '20261124', leftOut: { tally: later('metric'), tally_day: later('metric'), tally_delta: later('metric') } },
  {
    before: '20261125010000',
    leftOut: { tally: later('metric'), tally_day: later('metric'), tally_delta: later('metric') },
  },
  { before: '20261125010100', leftOut: {} },
] as const

function later(column: string): string {
  return `${column} in ('foundDay', 'everClosed')`
}

describe.each(ages)('a county that had run until before $before', ({ before, leftOut }) => {
  let older: OlderDatabase
  let rest: string[]
  beforeAll(async () => {
    older = await openOlder(before)
    await fillOlder(test.database.url, older.url, leftOut)
    rest = (await readdir(migrations)).filter((file) => file >= before).sort()
    expect(await migrate(older.pool, migrations)).toEqual(rest)
  }, 240_000)
  afterAll(() => older?.drop())

  it('has the schema of a new county afterwards, and is asked for nothing more', async () => {
    expect(await schemaOf(older)).toEqual(await schemaOf(test.database))
    expect(await isMigrated(older.pool, migrations)).toBe(true)
    expect(await migrate(older.pool, migrations)).toEqual([])
  })

  it('has lost no row of anything', async () => {
    const [now, then] = [await countRows(test.database), await countRows(older)]
    // Standards come with the pack, which the older county is given only when its product starts.
    const kept = (counts: Record<string, number>) =>
      Object.fromEntries(
        Object.entries(counts).filter(([table]) => !/^(setting|migration|standard|tally.*)$/.test(table)),
      )
    expect(kept(then)).toEqual(kept(now))
    expect(now.hazard).toBeGreaterThan(4)
    expect(now.hazard_span).toBeGreaterThan(now.hazard ?? 0)
  })

  it('has numbers that a recount agrees with', async () => {
    const { county, modules } = test.product
    const recounts = modules.all.flatMap((module) => module.recounts ?? [])
    const { cells, differences } = await older.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((tx) => verifyTally(tx, county, recounts, []))
    expect(differences).toEqual([])
    expect(cells).toBeGreaterThan(10)
  })

  it('tells of every hazard in its history how it stands now', async () => {
    const marks = (side: string) =>
      ['state', 'level', 'due_on', 'overdue', 'listing', 'reopened', 'closures', 'closed_on', 'close_kind']
        .map((name) => `${side}.${name}`)
        .join(', ')
    const { rows } = await older.pool.query<{ id: string }>(`
      select h.id from hazard h
      left join hazard_span s on s.county = h.county and s.hazard_id = h.id and s.to_day = '9999-12-31'
      where s.hazard_id is null or (${marks('s')}) is distinct from (${marks('h')})`)
    expect(rows).toEqual([])
  })
})
