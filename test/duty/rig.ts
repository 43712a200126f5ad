import { expect } from 'vitest'
import { type ItemRow, listItems, recordDeed } from '#capabilities/duty/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import type { TestProduct } from '#test/kit/product.ts'

export type Question = Parameters<TestProduct['ask']>[2] & object

/** What tests of duties do again and again. */
export function dutyRig(test: TestProduct) {
  const fresh = () => newId(test.clock.now().getTime())
  const rig = {
    fresh,
    advance: (full = false, together = 1_000) => test.product.modules.duties.advance({ full, together }),
    async items(actor: Actor, filter: object): Promise<readonly ItemRow[]> {
      return (await test.ask(actor, listItems, { size: 200, sort: 'dueOn', ...filter })).rows
    },
    async item(actor: Actor, filter: object): Promise<ItemRow> {
      const rows = await rig.items(actor, filter)
      expect(rows).toHaveLength(1)
      return rows[0] as ItemRow
    },
    /** As the account of a unit's principal, with a paper for forms that want one. */
    principal: (unitId: string, login = `p-${unitId.slice(-8)}`) =>
      test.account(login, [{ role: 'unitPrincipal', area: test.product.county, unitId }]),
    async record(actor: Actor, item: Pick<ItemRow, 'id'>, form: string, days: string[], more: object = {}) {
      const recordId = fresh()
      const attachments = [await test.paper(actor, 'other', `佐证 ${recordId}`)]
      const input = { itemId: item.id, form, days, people: '带队人员甲', note: '检查了全部部位', attachments, ...more }
      return test.run(actor, recordDeed, { recordId, input })
    },
    async dump(): Promise<unknown[]> {
      const { rows } = await test.product.database.pool.query(
        'select id, rule, period, subject_id, exempt, done, pending, met_on, quota, due_on from duty_item order by id',
      )
      return rows
    },
  }
  return rig
}
