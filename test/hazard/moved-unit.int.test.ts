import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editUnit, getUnit, listHistory } from '#capabilities/directory/model/index.ts'
import { getHazard, listHazards, verifyHazard } from '#capabilities/hazard/model/index.ts'
import { table } from '#capabilities/statistics/model/index.ts'
import { listNotices } from '#capabilities/system/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { type HazardStage, hazardStage, type Tale } from '#test/kit/hazard-stage.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'

/*
 * What happens to the open hazards of a unit that moves to another town (docs/adr/0008): they stay with the town where
 * they were found, and everybody concerned is told so.
 */

let test: TestProduct
let stage: HazardStage
let arriving: Actor
let old: Tale
let closed: Tale
let numbersBefore: Record<string, number>
const [from, to] = ['341723100', '341723101']

beforeAll(async () => {
  test = await openTestProduct()
  stage = await hazardStage(test)
  arriving = await test.as('town-muzhen')
  old = await stage.found(stage.inspector, { judgement: stage.major })
  await stage.underway(old)
  closed = await stage.found(stage.inspector, { judgement: stage.major, description: '已经整改销号的另一处隐患' })
  await stage.closed(closed)
  numbersBefore = await standingPerTown()
  const unit = await test.ask(stage.office, getUnit, { id: stage.unitId })
  const { name, creditCode, kind, sectors, scale, belonging, tags, address, contacts } = unit
  const input = { name, creditCode, kind, sectors, scale, belonging, tags, address, contacts, area: to }
  await test.run(stage.office, editUnit, { recordId: unit.id, version: unit.version, input })
})
afterAll(() => test?.close())

async function standingPerTown(): Promise<Record<string, number>> {
  const { cells } = await test.ask(stage.office, table, { measure: 'standing', rows: 'area', columns: 'level' })
  return Object.fromEntries(cells.map((cell) => [cell.row, cell.n]))
}

describe('the hazards found before the move', () => {
  it('stay with the town where they were found, in the list, in the numbers and in whose hands they are', async () => {
    expect(await old.view(stage.clerk)).toMatchObject({ area: from, townBodyName: '蓉城镇人民政府' })
    expect(await standingPerTown()).toEqual(numbersBefore)
    expect(numbersBefore).toEqual({ [from]: 1 })
    expect(await refusalOf(test.ask(arriving, getHazard, { id: old.id }))).toBe('core.notFound')
    expect((await test.ask(arriving, listHazards, {})).total).toBe(0)
  })

  it('are put right and looked after by the same people as before', async () => {
    expect((await old.view(stage.principal)).state).toBe('rectifying')
    await stage.applied(old)
    const { allowedActions } = await old.view(stage.clerk)
    expect(allowedActions.map(({ action }) => action)).toContain('hazard.accept')
  })
})

describe('what is found after the move', () => {
  it('belongs to the town where the unit stands now', async () => {
    const late = await stage.found(stage.principal, { description: '新厂区配电箱没有上锁也没有标识' })
    expect(await late.view(arriving)).toMatchObject({ area: to, townBodyName: '木镇镇人民政府' })
    expect(await refusalOf(test.ask(stage.clerk, getHazard, { id: late.id }))).toBe('core.notFound')
    await late.act(arriving, verifyHazard, { judgement: { level: 'general' } })
    expect(await standingPerTown()).toEqual({ [from]: 1, [to]: 1 })
  })
})

describe('nobody takes the unit for the other town’s alone', () => {
  it('the unit’s page tells each viewer how many stand where, and opens exactly those the viewer may see', async () => {
    const seenBy = async (actor: Actor) => {
      const { standingHazards } = await test.ask(actor, getUnit, { id: stage.unitId })
      for (const { area, seen } of standingHazards) {
        const list = await test.ask(actor, listHazards, { unitId: stage.unitId, area, stateType: 'standing' })
        expect(list.total).toBe(seen)
      }
      return standingHazards.map(({ areaName, n, seen, here }) => [areaName, n, seen, here])
    }
    const both = [
      ['蓉城镇', 1, 1, false],
      ['木镇镇', 1, 1, true],
    ]
    expect(await seenBy(stage.office)).toEqual(both)
    expect(await seenBy(stage.department)).toEqual(both)
    expect(await seenBy(stage.principal)).toEqual(both)
    expect(await seenBy(arriving)).toEqual([
      ['蓉城镇', 1, 0, false],
      ['木镇镇', 1, 1, true],
    ])
  })

  it('both towns were told, and the history of the unit says what stayed', async () => {
    for (const actor of [arriving, stage.clerk]) {
      const { rows } = await test.ask(actor, listNotices, {})
      const told = rows.filter((row) => row.kind === 'unitMoved')
      expect(told).toMatchObject([
        { title: '“青阳县红星机械厂”由蓉城镇迁至木镇镇', body: expect.stringContaining('1条仍由蓉城镇办理') },
      ])
    }
    const [arrived] = (await test.ask(arriving, listNotices, {})).rows.filter((row) => row.kind === 'unitMoved')
    expect(arrived?.path).toBe(`/units/${stage.unitId}`)
    const { rows } = await test.ask(arriving, listHistory, { recordType: 'unit', recordId: stage.unitId })
    expect(rows[0]?.summary).toContain('由蓉城镇迁至木镇镇')
    const hidden = test.ask(stage.clerk, listHistory, { recordType: 'unit', recordId: stage.unitId })
    expect(await refusalOf(hidden)).toBe('core.notFound')
  })
})
