import { addItem, confirmZero, moveItem, voidItem } from '#capabilities/ledger/model/index.ts'
import { addDays, dayOf } from '#kernel/time.ts'
import { type Builder, bodies, places, sectors } from './world.ts'

/** The ledgers that have items here: of units, of bodies, of places with a sector and without one. */
export const filledLedgers = ['contractors', 'institutions', 'case-lessons', 'scattered-closure'] as const

/** Items of every subject, here and there, open, done, late and void, and a town that has none. */
export async function fillLedgerItems({ product, people, units }: Builder): Promise<void> {
  const { office } = people
  const today = () => dayOf(product.clock.now())
  const add = async (input: object) => {
    const listedOn = addDays(today(), -30)
    const { recordId, version } = await product.run(office, addItem, { input: { listedOn, ...input } as never })
    return { recordId, version }
  }
  const made = []
  for (const [at, unit] of units.entries()) {
    const input = { ledger: 'contractors', title: `第${at}家承包队伍`, unitId: unit.id, sector: unit.sectors.at(-1) }
    const item = await add({ ...input, fields: { kind: at % 2 === 0 ? 'contract' : 'lease' } })
    const check = { move: 'check', on: today(), fields: { checkedOn: today() } }
    if (at % 3 === 1) await product.run(office, moveItem, { ...item, input: check })
    else made.push(item)
  }
  for (const [at, area] of places.entries()) {
    const sector = sectors[at % sectors.length]
    const lesson = { ledger: 'case-lessons', title: `第${at}个案例`, area, sector, fields: { kind: 'accident' } }
    made.push(await add(lesson))
    const shop = { ledger: 'scattered-closure', title: `第${at}家作坊`, area, fields: { why: '无证无照' } }
    made.push(await add(shop))
  }
  for (const [at, bodyId] of bodies.entries()) {
    const fields = { kind: 'rule', source: 'P4-3', need: '没有规定可依', plannedOn: addDays(today(), at * 20 - 40) }
    const rule = await add({ ledger: 'institutions', title: `第${at}项制度`, bodyId, fields })
    const input = { move: 'draft', on: today() }
    if (at % 2 === 0) await product.run(office, moveItem, { ...rule, input })
    else made.push(rule)
  }
  for (const item of made.filter((_item, at) => at % 7 === 3)) {
    await product.run(office, voidItem, { ...item, input: { reason: '登记有误，另行登记' } })
  }
  const statement = '经逐村排查，辖区内没有此类对象'
  await product.run(office, confirmZero, { input: { ledger: 'fishing-boats', area: '341723100', statement } })
}
