import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type ItemRow,
  itemStateIds,
  listItems,
  progressOf,
  type QuotaUnit,
  verifyDeed,
  voidDeed,
} from '#capabilities/duty/model/index.ts'
import { besideOthers } from '#capabilities/duty/server/store-marks.ts'
import type { Actor } from '#kernel/grants.ts'
import { addDays } from '#kernel/time.ts'
import { createFiring } from '#platform/clock/firing.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { dutyRig } from './rig.ts'

let product: TestProduct
let rig: ReturnType<typeof dutyRig>
let office: Actor
let office2: Actor

beforeAll(async () => {
  product = await openTestProduct('2024-03-01T09:00:00')
  rig = dutyRig(product)
  office = await product.as('anwei')
  office2 = await product.as('anwei2')
  await rig.advance()
}, 120_000)
afterAll(() => product?.close())

/** One of the towns, a day of the year, one day or two, and what becomes of the record. */
const deed = fc.record({
  town: fc.nat(11),
  day: fc.nat(300),
  two: fc.boolean(),
  makeUp: fc.boolean(),
  fate: fc.constantFrom('verified', 'waiting', 'returned', 'voided'),
})

test('counting deed by deed, counting everything at once and counting in the model are one', async () => {
  product.clock.set('2024-12-20T09:00:00')
  await rig.advance()
  const all = await rig.items(office, { rule: 'town-supervision' })
  const towns = [...new Set(all.map(({ subjectId }) => subjectId))].sort()
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 6 }), async (deeds) => {
      for (const { town, day, two, makeUp, fate } of deeds) {
        const first = addDays('2024-01-02', day)
        const item = all.find(
          ({ subjectId, startOn, endOn }) => subjectId === towns[town] && startOn <= first && first <= endOn,
        )
        if (!item) continue
        const made = await rig.record(office, item, 'supervision', two ? [first, addDays(first, 1)] : [first], {
          makeUp,
        })
        const call = { recordId: made.recordId, version: 1 }
        const opinion = '核对了签到和照片'
        if (fate === 'verified' || fate === 'returned') {
          await product.run(office2, verifyDeed, { ...call, input: { accepted: fate === 'verified', opinion } })
        }
        if (fate === 'voided') await product.run(office, voidDeed, { ...call, input: { reason: '重复填报，作废' } })
      }
      const counted = await rig.dump()
      // By slices of a few, as a county of twenty thousand units is counted by slices of a thousand.
      await rig.advance(true, 2)
      expect(await rig.dump()).toEqual(counted)
      await agreesWithModel()
    }),
    { numRuns: 4, seed: 20261125, endOnFailure: true },
  )
  expect(compared).toBeGreaterThan(3)
}, 300_000)

/** Items with marks that were compared; all deeds of one run may have been returned or made void. */
let compared = 0

/** Every item with marks against `progressOf`. */
async function agreesWithModel(): Promise<void> {
  const { rows } = await product.product.database.pool.query(`
    select i.id, i.quota, r.quota_unit, i.done, i.pending, i.met_on,
      json_agg(json_build_object('day', m.day, 'amount', m.amount, 'counted', m.counted)) as marks
    from duty_item i join duty_rule r on r.county = i.county and r.rule = i.rule
    join duty_mark m on m.county = i.county and m.item_id = i.id
    group by i.county, i.id, r.quota_unit`)
  compared += rows.length
  for (const { quota, quota_unit, done, pending, met_on, marks } of rows) {
    const { calendar } = product.product.environment
    const progress = progressOf(marks, { n: quota, unit: quota_unit as QuotaUnit }, calendar)
    expect({ done, pending, metOn: met_on }).toEqual(progress)
  }
}

test('the filter by state finds every item in exactly one state, and the state it is shown in', async () => {
  product.clock.set('2024-12-20T09:00:00')
  const found: ItemRow[] = []
  let total = 0
  for (const state of itemStateIds) {
    const { rows, total: n } = await product.ask(office, listItems, { states: [state], size: 200 })
    expect(rows.every((row) => row.state === state)).toBe(true)
    found.push(...rows)
    total += n
  }
  const all = await product.ask(office, listItems, { size: 1 })
  expect(total).toBe(all.total)
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
})

test('whoever has not fulfilled a turn is reminded of it once, and told once that it is over', async () => {
  const { runner, modules, county, database } = product.product
  const unitId = await product.unit('提醒化工厂', '341723101', 'hazchem')
  await rig.principal(unitId)
  await rig.advance()
  const handlers = modules.all
    .flatMap((module) => module.clocks ?? [])
    .filter(({ recordType }) => recordType === 'dutyPeriod')
  const firing = createFiring({
    county,
    runner,
    handlers,
    onError: (error) => {
      throw error
    },
  })
  const told = async (title: string) => {
    const { rows } = await database.pool.query(
      `select recipient_kind, title, body from notice where county = $1 and record_type = 'dutyPeriod' and title = $2`,
      [county, title],
    )
    return rows
  }
  const soon = '职责即将到期：高危单位主要负责人每月带队检查'
  product.clock.set('2024-12-30T12:00:00')
  await firing.fireDue(product.clock.now())
  const before = await told(soon)
  expect(before).toEqual([
    {
      recipient_kind: 'person',
      title: soon,
      body: '2024年12月｜提醒化工厂｜已完成0，应完成1次｜期限 2024-12-31',
    },
  ])
  await firing.fireDue(product.clock.now())
  expect(await told(soon)).toHaveLength(1)
  product.clock.set('2025-01-02T12:00:00')
  await firing.fireDue(product.clock.now())
  expect(await told('职责逾期未履行：高危单位主要负责人每月带队检查')).toHaveLength(1)
  const ofTowns = await told('职责逾期未履行：县安委会督导组督导各乡镇、开发区')
  const overdueTowns = ofTowns.filter(({ body }) => body.startsWith('2024年第4季度'))
  expect(overdueTowns).toHaveLength(1)
  expect(overdueTowns[0]?.body).toMatch(/^2024年第4季度｜.*｜(共\d+项|已完成.*)｜期限 2024-12-31$/)
})

test('a change of the holiday table counts working days anew', async () => {
  product.clock.set('2025-01-06T09:00:00')
  await rig.advance()
  const item = await rig.item(office, { rule: 'town-supervision', area: '341723101', period: '2025-Q1' })
  const made = await rig.record(office, item, 'supervision', ['2025-01-02', '2025-01-04'])
  await product.run(office2, verifyDeed, {
    recordId: made.recordId,
    version: 1,
    input: { accepted: true, opinion: '核对了签到和照片' },
  })
  const now = () => rig.item(office, { rule: 'town-supervision', area: '341723101', period: '2025-Q1' })
  expect(await now()).toMatchObject({ done: 1 })
  const { database, county, environment, modules } = product.product
  await database.pool.query(
    `insert into holiday (county, day, kind, source) values ($1, '2025-01-04', 'workday', '测试')`,
    [county],
  )
  await environment.reload()
  const kind = modules.all.flatMap((module) => module.clocked ?? []).find(({ type }) => type === 'dutyPeriod')
  await kind?.rearm(environment, database.db)
  expect(await now()).toMatchObject({ done: 2, state: 'met' })
})

test('a recompute that has to do everything lets those who record in between its slices', async () => {
  const { database, county, modules } = product.product
  const { rules } = await activeRules()
  await database.pool.query('delete from duty_mark')
  await database.pool.query('update duty_item set done = 7, pending = 7, met_on = null')
  const running = { done: false, let: 0 }
  const recompute = modules.duties.advance({ full: true, together: 1 }).finally(() => {
    running.done = true
  })
  while (!running.done) {
    await database.db.transaction().execute((tx) => besideOthers(tx, county))
    running.let += 1
  }
  await recompute
  // Each rule is at least three steps, and whoever waits is let in before the step after the one it waited for.
  expect(running.let).toBeGreaterThan(rules)
  await agreesWithModel()
})

async function activeRules(): Promise<{ rules: number }> {
  const { rows } = await product.product.database.pool.query(
    `select count(*)::int as rules from duty_rule where active`,
  )
  return rows[0]
}
