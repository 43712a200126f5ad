import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#test/kit/database.ts'
import * as c from '../model/index.ts'
import { actorWith, county, office, openRig, type Rig, smallCounty } from './directory.rig.ts'
import { readReference, writeReference } from './reference/store.ts'

let database: TestDatabase
let rig: Rig
beforeAll(async () => {
  database = await createTestDatabase()
  rig = await openRig(database.db)
})
afterAll(() => database?.drop())

const load = (reference: typeof smallCounty) => database.db.transaction().execute((tx) => writeReference(tx, reference))

describe('reference data', () => {
  test('loading it again changes nothing', async () => {
    const before = await readReference(database.db, county)
    await load(smallCounty)
    expect(await readReference(database.db, county)).toEqual(before)
  })

  test('what left the pack is kept for old records but not offered, and counts again when it returns', async () => {
    const unitId = await rig.register({ sectors: ['roads'] })
    const without = {
      ...smallCounty,
      sectors: smallCounty.sectors.filter((sector) => sector.id !== 'roads'),
      matrix: smallCounty.matrix.filter((entry) => entry.sectorId !== 'roads'),
    }
    await load(without)
    await rig.directory.reload()
    const { sectors } = await rig.ask(office, c.listSectors, {})
    expect(sectors.map((sector) => sector.id)).not.toContain('roads')
    const view = await rig.ask(office, c.getUnit, { id: unitId })
    expect(view.sectorNames).toEqual(['道路交通'])
    expect(view.routes[0]).toMatchObject({ leadBodyName: '机构office', reason: expect.stringContaining('道路交通') })
    await load(smallCounty)
    await rig.directory.reload()
    expect((await rig.ask(office, c.listSectors, {})).sectors).toHaveLength(5)
  })

  test('a new list of high-risk sectors holds for units registered before', async () => {
    const unitId = await rig.register({ sectors: ['industry'] })
    const raise = (highRisk: boolean) => ({
      ...smallCounty,
      sectors: smallCounty.sectors.map((sector) => (sector.id === 'industry' ? { ...sector, highRisk } : sector)),
    })
    await load(raise(true))
    await rig.directory.reload()
    const listed = await rig.ask(office, c.listUnits, { highRisk: true, size: 200 })
    expect(listed.rows.map((row) => row.id)).toContain(unitId)
    expect(await rig.directory.findUnit(database.db, county, unitId)).toMatchObject({ highRisk: true })
    await load(raise(false))
    await rig.directory.reload()
  })

  test('forms see areas, bodies, the matrix and its gaps', async () => {
    const worker = actorWith({ role: 'unitWorker' })
    const { areas } = await rig.ask(worker, c.listAreas, { supervisedOnly: true })
    expect(areas.map((area) => area.name)).toEqual(['木镇镇', '木镇社区', '庙前镇'])
    const { bodies } = await rig.ask(worker, c.listBodies, {})
    expect(bodies.find((body) => body.id === 'police')?.leads).toEqual(['explosives', 'roads'])
    const { entries, gaps } = await rig.ask(worker, c.getMatrix, {})
    expect(entries).toHaveLength(smallCounty.matrix.length)
    expect(gaps).toMatchObject([{ sectorName: '商贸服务业', reason: '方案没有写明商贸服务业的牵头部门' }])
  })

  test('the port routes as the form shows it', async () => {
    const shown = await rig.ask(office, c.showRoute, { sector: 'commerce', area: '341723108' })
    const route = await rig.directory.routeMatter(database.db, county, 'commerce', '341723108', '2026-11-23')
    expect(shown).toMatchObject({ ...route, leadBodyId: 'office', townBodyName: '机构town-341723108' })
    expect(route.reason).toContain('商贸服务业')
    expect(route.reason).toContain('九华山')
    expect(await rig.directory.sectorsOf(database.db, county, 'police')).toEqual(['explosives', 'roads'])
    expect(rig.directory.areaName(county, '341723101001')).toBe('木镇镇木镇社区')
    expect(rig.directory.sectorName(county, 'unheard')).toBe('unheard')
  })
})
