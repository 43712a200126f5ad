import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TallyCell } from '#platform/actions/types.ts'
import { foldTally } from '#platform/tally/fold.ts'
import { tallyDimensions } from '#platform/tally/grains.ts'
import { readTally, readTallyChanges, type TallyQuestion } from '#platform/tally/read.ts'
import { verifyTally } from '#platform/tally/verify.ts'
import { createTestDatabase, type TestDatabase } from '#test/kit/database.ts'

const county = '341723'
let database: TestDatabase

type Booked = Omit<TallyCell, 'metric'> & { readonly day: string }
const one = <T>(...values: T[]) => fc.constantFrom(...values)
const days = ['2025-12-31', '2026-01-01', '2026-01-15', '2026-01-31', '2026-02-01', '2026-03-09']
const booking = fc.record({
  day: one(...days),
  area: one('341723101', '341723102'),
  sector: one('gas', 'mine', 'road'),
  level: one('major', 'general'),
  channel: one('selfCheck', 'inspection'),
  state: one('rectifying', 'closed'),
  month: one('2025-12', '2026-01', '2026-02'),
  n: fc.integer({ min: -3, max: 5 }),
})
const some = <T>(...values: T[]) => fc.option(fc.subarray(values, { minLength: 1 }), { nil: undefined })
const asked = fc.record({
  by: fc.subarray([...tallyDimensions]),
  where: fc.record({
    sector: some('gas', 'mine'),
    level: some('major'),
    channel: some('inspection'),
    state: some('closed', 'rectifying'),
  }),
  asOf: fc.option(one(...days), { nil: undefined }),
  monthFrom: fc.option(one('2026-01', '2026-02'), { nil: undefined }),
  monthTo: fc.option(one('2025-12', '2026-01'), { nil: undefined }),
  areaPrefix: fc.option(one('341723101', '341723'), { nil: undefined }),
  boxes: one<TallyQuestion['boxes']>(
    [{ area: county }],
    [{ area: '341723102' }],
    [{ area: county, sectors: ['gas'] }, { area: '341723101' }],
    [],
  ),
})
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

async function book(rows: readonly Booked[]): Promise<void> {
  await sql`truncate tally_delta, tally, tally_day, tally_sum`.execute(database.db)
  const values = rows.map((row) => ({ ...row, county, metric: 'm', action_id: crypto.randomUUID(), ord: 0 }))
  await database.db.insertInto('tally_delta').values(values).execute()
}

/** The answer added up by hand from everything that was booked. */
function byHand(rows: readonly Booked[], question: Asked, period = false): Map<string, number> {
  const { asOf, where, monthFrom, monthTo, areaPrefix, boxes } = question
  const wanted = (row: Booked) =>
    (!asOf || row.day <= asOf) &&
    (!monthFrom || row.month >= monthFrom) &&
    (!monthTo || row.month <= monthTo) &&
    (!areaPrefix || row.area.startsWith(areaPrefix)) &&
    boxes.some((box) => row.area.startsWith(box.area) && (!box.sectors || box.sectors.includes(row.sector))) &&
    Object.entries(where).every(([name, values]) => !values || (values as string[]).includes(row[name as 'state']))
  const sums = new Map<string, number>()
  for (const row of rows.filter(wanted)) {
    const key = [...(period ? [row.day.slice(0, 7)] : []), ...question.by.map((name) => row[name])].join()
    sums.set(key, (sums.get(key) ?? 0) + row.n)
  }
  return new Map([...sums].filter(([, n]) => n !== 0).sort())
}

it('answer every question as the cells themselves would, folded, half folded or not folded at all', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(booking, { minLength: 1, maxLength: 40 }),
      fc.array(asked, { minLength: 5, maxLength: 5 }),
      fc.nat(40),
      async (rows, questions, folded) => {
        await book(rows)
        if (folded > 0) await foldTally(database.db, county, folded)
        for (const question of questions) {
          const full = { ...question, metrics: ['m'] }
          const now = await readTally(database.db, county, full)
          const key = (row: (typeof now)[number]) => question.by.map((name) => row[name]).join()
          expect(new Map(now.map((row) => [key(row), row.n] as const).sort())).toEqual(byHand(rows, question))
          const changes = await readTallyChanges(database.db, county, full)
          const dated = changes.map(
            (row) => [[row.period, ...question.by.map((name) => row[name])].join(), row.n] as const,
          )
          expect(new Map(dated.sort())).toEqual(byHand(rows, question, true))
        }
      },
    ),
    { numRuns: 60 },
  )
})

it('are checked by the verification: a sum changed behind its back is named', async () => {
  await book([
    {
      day: '2026-01-15',
      area: '341723101',
      sector: 'gas',
      level: 'major',
      channel: 'inspection',
      state: 'closed',
      month: '2026-01',
      n: 4,
    },
  ])
  await foldTally(database.db, county)
  expect((await verifyTally(database.db, county, [], [])).differences).toEqual([])
  await sql`update tally_sum set n = n + 1 where grain = 'kind' and period = '2026-01'`.execute(database.db)
  await sql`delete from tally_sum where grain = 'time' and period = ''`.execute(database.db)
  const { differences } = await verifyTally(database.db, county, [], [])
  expect(differences.map(({ sum, counted, booked }) => ({ ...sum, counted, booked }))).toEqual(
    expect.arrayContaining([
      { grain: 'kind', period: '2026-01', counted: 4, booked: 5 },
      { grain: 'time', period: '', counted: 4, booked: 0 },
    ]),
  )
  expect(differences).toHaveLength(2)
})
