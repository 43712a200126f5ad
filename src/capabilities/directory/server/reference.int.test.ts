import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#test/kit/database.ts'
import * as c from '../model/index.ts'
import { actorWith, county, office, openRig, type Rig, refusalOf, smallCounty } from './directory.rig.ts'
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
    expect(gaps).toMatchObject([
      { id: 'commerce', sectors: [{ name: '商贸服务业' }], reason: '方案没有写明商贸服务业的牵头部门' },
    ])
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

describe('the county’s own word on which towns it supervises', () => {
  const administrator = actorWith({ role: 'administrator' })
  const reason = '县安委会2026年第4次会议纪要'
  const townOf = async (code: string) => {
    const { areas } = await rig.ask(office, c.listSupervision, {})
    const town = areas.find((area) => area.code === code)
    if (!town) throw new Error(`${code} is not listed`)
    return town
  }
  const set = async (actor: typeof office, code: string, input: object, version?: number) => {
    const town = await townOf(code)
    const call = { recordId: town.id, version: version ?? town.version, input: { value: true, reason, ...input } }
    const result = await rig.run(actor, c.setSupervision, call)
    await rig.directory.reload()
    return result
  }

  test('wins over the pack, outlives a reload of it, and can be given back', async () => {
    expect(await townOf('341723108')).toMatchObject({
      supervised: false,
      planned: false,
      note: '由九华山风景区管委会管理',
    })
    const route = () => rig.ask(office, c.showRoute, { sector: 'roads', area: '341723108' })
    expect((await route()).reason).toContain('九华山')
    const result = await set(administrator, '341723108', { bodyId: 'town-341723101' })
    expect(result.output).toEqual({ supervised: true })
    expect(await route()).toMatchObject({ townBodyId: 'town-341723101', reason: null })
    const names = async () =>
      (await rig.ask(office, c.listAreas, { supervisedOnly: true })).areas.map(({ name }) => name)
    expect(await names()).toContain('九华镇')
    await load(smallCounty)
    await rig.directory.reload()
    expect(await names()).toContain('九华镇')
    expect(await rig.ask(office, c.listSupervision, {})).toMatchObject({ supervised: 3, planned: 2 })
    expect(await townOf('341723108')).toMatchObject({
      supervision: { value: true, reason, by: '测试人员', on: '2026-11-23' },
      note: expect.stringContaining(reason),
    })
    await set(office, '341723108', { value: null })
    expect(await townOf('341723108')).toMatchObject({ supervised: false, supervision: null, bodyId: 'town-341723108' })
    expect((await route()).reason).toContain('九华山')
  })

  test('takes a town out as well, says so where matters are routed, and keeps who, when and why', async () => {
    await set(office, '341723102', { value: false })
    const { reason: words } = await rig.ask(office, c.showRoute, { sector: 'roads', area: '341723102' })
    expect(words).toContain('不再将其列为督导单位')
    await set(office, '341723102', { value: true })
    const town = await townOf('341723102')
    // What the plan says anyway is no word of the county's own.
    expect(town).toMatchObject({ supervised: true, supervision: null })
    const { rows } = await rig.ask(actorWith({ role: 'unitWorker' }), c.listHistory, {
      recordType: 'area',
      recordId: town.id,
    })
    const unitId = await rig.register()
    const foreign = { recordType: 'area', recordId: unitId } as const
    expect((await rig.ask(actorWith({ role: 'unitWorker' }), c.listHistory, foreign)).rows).toEqual([])
    expect(rows.map((row) => [row.title, row.summary])).toEqual([
      ['调整督导单位', `庙前镇恢复按方案：${reason}`],
      ['调整督导单位', `庙前镇不列为督导单位：${reason}`],
    ])
  })

  test('is for the administrator and the committee office, on the version they saw, about a town and a known body', async () => {
    for (const role of ['department', 'town', 'auditor', 'countyLeader', 'unitPrincipal'] as const) {
      expect(
        await refusalOf(
          set(actorWith({ role, area: role === 'town' ? '341723101' : county }), '341723101', { value: false }),
        ),
      ).toBe('core.notAllowed')
    }
    expect(await refusalOf(set(office, '341723101', { value: true }))).toBe('directory.supervisionSame')
    expect(await refusalOf(set(office, '341723101', { value: null }))).toBe('directory.supervisionSame')
    expect(await refusalOf(set(office, '341723101', { bodyId: 'nobody' }))).toBe('directory.bodyUnknown')
    expect(await refusalOf(set(office, '341723101', { value: false, reason: '无' }))).toBe('core.invalidInput')
    expect(await refusalOf(set(office, '341723101', { value: false }, 7))).toBe('core.staleVersion')
    const village = await database.pool.query(`select id from area where code = '341723101001'`)
    const call = { recordId: village.rows[0].id, version: 1, input: { value: true, reason } }
    expect(await refusalOf(rig.run(office, c.setSupervision, call))).toBe('directory.areaNotTown')
    expect(await townOf('341723101')).toMatchObject({ version: 1, supervised: true })
  })
})
