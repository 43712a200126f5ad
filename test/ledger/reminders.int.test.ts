import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addItem, editItem, getItem, moveItem, voidItem } from '#capabilities/ledger/model/index.ts'
import { listNotices, setParameter } from '#capabilities/system/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { type NeutralPack, neutralPackWith } from '#test/kit/neutral-pack.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { fireOn } from '#test/kit/raising.ts'

/** A ledger whose steps its units take themselves, with a day of its own for every item. */
const extinguishers = `
id: extinguishers
title: 灭火器年检
group: 器材
clauses: [P1]
about: 每个单位的灭火器逐具年检。
subject: unit
name: 器材编号
sectors: [industryTrade]
body: emergency
keepers: [office, department, town, unit]
key: [name]
population: { words: 每具灭火器 }
fields:
  - { id: until, title: 应检日期, type: day, required: true }
states:
  due: { title: 待检, type: open }
  sent: { title: 送检中, type: waiting }
  checked: { title: 已检, type: closed }
start: due
moves:
  - { id: send, title: 送检, from: [due], to: sent }
  - { id: check, title: 检验合格, from: [due, sent], to: checked }
due: { field: until }
`

let pack: NeutralPack
let test: TestProduct
let department: Actor
let town: Actor
let principal: Actor
let otherPrincipal: Actor
let unitId: string
const ledger = 'extinguishers'
const begun = '2026-06-01T09:00:00'

beforeAll(async () => {
  pack = await neutralPackWith('extinguishers', extinguishers)
  test = await openTestProduct(begun, pack.name)
  ;[department, town] = (await Promise.all(['emergency', 'town-dongshan'].map((login) => test.as(login)))) as [
    Actor,
    Actor,
  ]
  unitId = await test.unit('东山器材厂', '990101100', 'industryTrade')
  principal = await principalOf('principal', unitId)
  otherPrincipal = await principalOf('principal-two', await test.unit('东山另一厂', '990101100', 'industryTrade'))
})
afterAll(async () => {
  await test?.close()
  await pack?.remove()
})

/** Whoever is told in person is told as the person the directory knows the unit by. */
async function principalOf(login: string, unit: string): Promise<Actor> {
  const account = await test.account(login, [{ role: 'unitPrincipal', area: '990101100', unitId: unit }])
  const { database, county, modules } = test.product
  const contacts = await modules.directory.unitContacts(database.db, county, unit)
  return { ...account, personId: contacts.find(({ role }) => role === 'principal')?.personId ?? null }
}

/** Each trial has a month of its own, so that none hears what another caused. */
const months = [7, 8, 10, 9, 12]
let month = 0
const dated = (of: number, on: number) => `2026-${String(of).padStart(2, '0')}-${String(on).padStart(2, '0')}`
const day = (on: number) => dated(month, on)
const nextMonth = (on: number) => dated(month + 1, on)
beforeEach(() => {
  month = months.shift() ?? 0
  test.clock.set(begun)
})

let serial = 0
const add = async (until: string, actor = town) => {
  serial += 1
  const name = `MH-${serial}`
  const { recordId, version } = await test.run(actor, addItem, {
    input: { ledger, title: name, unitId, fields: { until } },
  })
  return { recordId, version, name }
}
/** What somebody was told of days with these words, in the order it was said. */
const heard = async (actor: Actor, of: string) =>
  (await test.ask(actor, listNotices, { size: 100 })).rows
    .filter(({ title, body }) => title.includes('灭火器年检') && `${title}${body}`.includes(of))
    .map(({ title, path }) => `${title} ${path}`)
    .reverse()

describe('the department of a ledger', () => {
  it('hears of a day once, however many items have it, and finds the ledger behind the notice', async () => {
    const until = day(31)
    for (let n = 0; n < 3; n += 1) await add(until)
    for (const on of [day(1), day(2), day(24), day(24), day(31), nextMonth(3), nextMonth(20)]) await fireOn(test, on)
    expect(await heard(department, '灭火器年检')).toEqual([
      `《灭火器年检》有事项还有 30 天到期（${until}） /ledgers/extinguishers`,
      `《灭火器年检》有事项还有 7 天到期（${until}） /ledgers/extinguishers`,
      '《灭火器年检》有事项今天到期 /ledgers/extinguishers',
      `《灭火器年检》有事项已超过期限（${until}） /ledgers/extinguishers`,
    ])
  })
})

describe('the principal of a unit', () => {
  it('hears of each item of her own by name, and nobody hears of another unit’s', async () => {
    const until = day(31)
    const [first, second] = [await add(until), await add(until)]
    await fireOn(test, day(24))
    const told = await heard(principal, `还有 7 天到期（${until}）`)
    expect([...told].sort()).toEqual(
      [first, second]
        .map(({ recordId }) => `《灭火器年检》还有 7 天到期（${until}） /ledgers/extinguishers/items/${recordId}`)
        .sort(),
    )
    expect(await heard(otherPrincipal, until)).toEqual([])
    expect(await heard(principal, first.name)).toHaveLength(1)
  })

  it('hears nothing of what is done, void or postponed, and of the new day in its place', async () => {
    const until = day(31)
    const [done, waiting, gone, moved] = [await add(until), await add(until), await add(until), await add(until)]
    const on = ({ recordId, version }: { recordId: string; version: number }) => ({ recordId, version })
    await test.run(town, moveItem, { ...on(done), input: { move: 'check' } })
    await test.run(town, moveItem, { ...on(waiting), input: { move: 'send' } })
    await test.run(town, voidItem, { ...on(gone), input: { reason: '登记时写错编号' } })
    const { fields } = await test.ask(town, getItem, { id: moved.recordId })
    const later = nextMonth(15)
    await test.run(town, editItem, { ...on(moved), input: { fields: { ...fields, until: later }, reason: '厂家改期' } })
    for (const today of [day(1), day(24), day(31)]) await fireOn(test, today)
    const names = async (of: string) =>
      (await test.ask(principal, listNotices, { size: 100 })).rows
        .filter(({ title }) => title.includes(of))
        .map(({ body }) => body.split('｜')[0])
    // What is away for its check still has to come back.
    expect(await names(`7 天到期（${until}）`)).toEqual([waiting.name])
    await fireOn(test, nextMonth(8))
    expect(await names(`7 天到期（${later}）`)).toEqual([moved.name])
  })

  it('after days without a clock hears only what is still true', async () => {
    const until = day(14)
    await add(until)
    await fireOn(test, day(10))
    await fireOn(test, day(28))
    expect(await heard(principal, until)).toEqual(
      [`《灭火器年检》还有 4 天到期（${until}）`, `《灭火器年检》已超过期限（${until}）`].map((words) =>
        expect.stringContaining(words),
      ),
    )
  })
})

it('follows the parameter: items that stand are armed anew when it changes', async () => {
  const until = day(31)
  await add(until)
  await test.run(await test.as('admin'), setParameter, {
    input: {
      id: 'ledger.reminder.daysBefore',
      value: [3],
      instead: [30, 7],
      effectiveFrom: '2026-06-01',
      confidence: 'high',
      reason: '按县里的习惯',
    },
  })
  const { database, environment, modules } = test.product
  await environment.reload()
  for (const kind of modules.all.flatMap((module) => module.clocked ?? [])) await kind.rearm(environment, database.db)
  for (const today of [day(1), day(24), day(28)]) await fireOn(test, today)
  expect(await heard(principal, until)).toEqual([expect.stringContaining(`还有 3 天到期（${until}）`)])
})
