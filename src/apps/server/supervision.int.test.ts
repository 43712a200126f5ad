import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAreas, listSupervision, setSupervision } from '#capabilities/directory/model/index.ts'
import { table } from '#capabilities/statistics/model/index.ts'
import { verifyAudit } from '#platform/audit/verify.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'

let product: TestProduct
beforeAll(async () => {
  product = await openTestProduct()
})
afterAll(() => product?.close())

test('九华镇 becomes a supervised unit everywhere at once, and the audit can tell', async () => {
  const admin = await product.as('admin')
  const before = await product.ask(admin, listSupervision, {})
  expect(before).toMatchObject({ supervised: 12, planned: 12 })
  const town = before.areas.find((area) => area.name === '九华镇')
  expect(town).toMatchObject({ supervised: false, bodyName: '九华山风景区管理委员会' })
  const input = { value: true, bodyId: 'town-jiuhua-zhen', reason: '管理体制调整，县政府常务会议纪要' }
  await product.run(admin, setSupervision, { recordId: town?.id ?? '', version: town?.version ?? 0, input })
  const { areas } = await product.ask(admin, listAreas, { supervisedOnly: true })
  expect(areas).toHaveLength(13)
  expect(areas.find((area) => area.name === '九华镇')).toMatchObject({ bodyName: '九华镇人民政府' })
  const office = await product.as('anwei')
  const rows = await product.ask(office, table, { measure: 'standing', rows: 'area', columns: 'level' })
  expect(rows.rows.map((row) => row.label)).toContain('九华镇')
  const { runner, database } = product.product
  expect((await verifyAudit(database.db, product.product.county, runner)).faults).toEqual([])
})
