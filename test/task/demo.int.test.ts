import { afterAll, beforeAll, expect, it } from 'vitest'
import { castOf } from '#apps/demo/cast.ts'
import { tellPlanWork } from '#apps/demo/plan/plan-work.ts'
import { listPeriods, listReturns } from '#capabilities/progress/model/index.ts'
import { listMeetings, listTasks } from '#capabilities/task/model/index.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct

beforeAll(async () => {
  test = await openTestProduct('2026-11-24T09:00:00')
  await tell()
}, 240_000)
afterAll(() => test?.close())

const tell = () => {
  const known = new Set(castOf(test.product.pack).map(({ login }) => login))
  const account = async (login: string) => (known.has(login) ? test.as(login) : undefined)
  return tellPlanWork(test.product, account, test.clock.now())
}

it('the demo county has filed, been late and forgotten, met, returned and locked', async () => {
  const office = await test.as('anwei')
  const filings = async (more: object) => (await test.ask(office, listTasks, { kind: 'filing', ...more })).total
  const [done, late, overdue] = [
    await filings({ states: ['done'] }),
    await filings({ lateness: 'late' }),
    await filings({ lateness: 'overdue' }),
  ]
  expect(done).toBeGreaterThan(300)
  expect(late).toBeGreaterThan(10)
  expect(overdue).toBeGreaterThan(5)
  expect(await filings({ key: 'sub-plan', states: ['done'] })).toBeGreaterThan(15)
  expect((await test.ask(office, listMeetings, { kind: 'study' })).total).toBeGreaterThan(30)
  const { periods } = await test.ask(office, listPeriods, {})
  expect(periods.map(({ state }) => state).slice(0, 3)).toEqual(['open', 'open', 'locked'])
  expect((await test.ask(office, listReturns, { states: ['accepted'] })).total).toBeGreaterThan(200)
  expect(periods[1]?.overdue.length).toBeGreaterThan(0)
  // Nothing of the past waits for the clock.
  const { rows } = await test.product.database.pool.query(
    `select record_type from deadline where fired_at is null and fire_at < $1 and record_type in ('task', 'progressReturn')`,
    [test.clock.now()],
  )
  expect(rows).toEqual([])
}, 60_000)

it('told again it adds nothing', async () => {
  const count = async () => {
    const { rows } = await test.product.database.pool.query('select count(*)::integer as n from action')
    return rows[0]?.n
  }
  const before = await count()
  await tell()
  expect(await count()).toBe(before)
}, 240_000)
