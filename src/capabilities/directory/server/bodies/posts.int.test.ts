import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids.ts'
import { createTestDatabase, type TestDatabase } from '#test/kit/database.ts'
import * as c from '../../model/index.ts'
import { actorWith, noon, office, openRig, type Rig, refusalOf, sheetOf } from '../directory.rig.ts'

let database: TestDatabase
let rig: Rig
beforeAll(async () => {
  database = await createTestDatabase()
  rig = await openRig(database.db)
})
afterAll(() => database?.drop())

const police = actorWith({ role: 'department', bodyId: 'police', sectors: ['roads'] })
const clerk = actorWith({ role: 'town', area: '341723101', bodyId: 'town-341723101' })
const today = '2026-11-23'

async function add(actor: typeof office, more: object = {}): Promise<string> {
  const recordId = newId(noon.getTime())
  const input = { bodyId: 'police', name: '王分管', phone: '13856700001', kind: 'deputy' as const, ...more }
  await rig.run(actor, c.addBodyPost, { recordId, input })
  return recordId
}
const rowsOf = async (bodyId: string, current = true, actor = office) =>
  (await rig.ask(actor, c.listBodyPosts, { bodyId, current })).rows

describe('the people of a body', () => {
  test('are registered, corrected and ended with their days, and every step is kept', async () => {
    const id = await add(office, { title: '副局长', officePhone: '0566-5021110', fromDay: '2025-03-01' })
    expect(await rowsOf('police')).toMatchObject([
      { id, name: '王分管', phone: '13856700001', officePhone: '0566-5021110', title: '副局长', fromDay: '2025-03-01' },
    ])
    const input = {
      name: '王分管',
      phone: '13856700002',
      kind: 'principal' as const,
      title: '局长',
      fromDay: '2025-04-01',
    }
    await rig.run(police, c.editBodyPost, { recordId: id, version: 1, input })
    expect(await rowsOf('police')).toMatchObject([{ phone: '13856700002', kind: 'principal', officePhone: '' }])
    await rig.run(police, c.endBodyPost, { recordId: id, version: 2, input: { toDay: '2026-10-31' } })
    expect(await rowsOf('police')).toEqual([])
    expect(await rowsOf('police', false)).toMatchObject([{ toDay: '2026-10-31' }])
    const again = rig.run(police, c.endBodyPost, { recordId: id, version: 3, input: {} })
    expect(await refusalOf(again)).toBe('directory.postEnded')
    const { rows } = await rig.ask(clerk, c.listHistory, { recordType: 'bodyPost', recordId: id })
    expect(rows.map((row) => row.summary)).toEqual([
      '机构police局长王分管任职至2026-10-31',
      '更正机构police局长王分管，2025-04-01至今（原为机构police副局长王分管）',
      '登记机构police副局长王分管',
    ])
  })

  test('may share a post, hold several, and are one person under one name and number', async () => {
    const party = { kind: 'principal', bodyId: 'town-341723101' }
    await add(clerk, { ...party, name: '书记甲', phone: '13856700003', title: '党委书记', fromDay: '2025-01-01' })
    await add(clerk, { ...party, name: '镇长乙', phone: '13856700004', title: '镇长' })
    expect(await refusalOf(add(clerk, { ...party, name: '镇长乙', phone: '13856700004' }))).toBe(
      'directory.alreadyHolds',
    )
    await add(clerk, { ...party, kind: 'officeDirector', name: '镇长乙', phone: '' })
    const people = await database.pool.query(`select id from person where name = '镇长乙'`)
    expect(people.rows).toHaveLength(1)
    expect((await rowsOf('town-341723101')).map((row) => [row.kind, row.name, row.phone])).toEqual([
      ['principal', '书记甲', '13856700003'],
      ['principal', '镇长乙', '13856700004'],
      ['officeDirector', '镇长乙', '13856700004'],
    ])
  })

  test('two who register the same holding at the same moment keep one', async () => {
    const twin = { bodyId: 'economy', name: '同时登记', phone: '13856700005' }
    const both = await Promise.all([refusalOf(add(office, twin)), refusalOf(add(office, twin))])
    expect(both.sort()).toEqual(['accepted', 'directory.alreadyHolds'])
    expect(await rowsOf('economy')).toHaveLength(1)
  })

  test('days that cannot be, another’s number and an old version are refused', async () => {
    expect(await refusalOf(add(office, { fromDay: '2026-11-24' }))).toBe('directory.postDaysWrong')
    expect(await refusalOf(add(office, { name: '无' }))).toBe('core.invalidInput')
    expect(await refusalOf(add(office, { phone: '138567' }))).toBe('core.invalidInput')
    expect(await refusalOf(add(office, { bodyId: 'nobody' }))).toBe('directory.bodyUnknown')
    await add(office, { name: '刘一', phone: '13856700006' })
    const id = await add(office, { name: '刘二', phone: '13856700007' })
    const edit = (version: number, more: object) => {
      const input = { name: '刘二', phone: '13856700007', kind: 'deputy' as const, fromDay: today, ...more }
      return refusalOf(rig.run(office, c.editBodyPost, { recordId: id, version, input }))
    }
    expect(await edit(1, { name: '刘一', phone: '13856700006' })).toBe('directory.idNumberTaken')
    expect(await edit(1, { toDay: '2026-11-22' })).toBe('directory.postDaysWrong')
    expect(await edit(7, {})).toBe('core.staleVersion')
    expect(await edit(1, { title: '科长' })).toBe('accepted')
  })
})

describe('who may', () => {
  test('read: everybody who works for the county; units and their workers not', async () => {
    const readers = ['committeeOffice', 'department', 'town', 'inspector', 'countyLeader', 'administrator', 'auditor']
    for (const role of readers) {
      const rows = await rowsOf('town-341723101', true, actorWith({ role: role as 'town', area: '341723102' }))
      expect(
        rows.map((row) => row.name),
        role,
      ).toContain('书记甲')
    }
    const id = (await rowsOf('town-341723101'))[0]?.id ?? ''
    for (const role of ['unitPrincipal', 'unitWorker'] as const) {
      const actor = actorWith({ role, unitId: id })
      expect(actor.grants.length).toBe(1)
      expect(await refusalOf(rig.ask(actor, c.listHistory, { recordType: 'bodyPost', recordId: id }))).toBe(
        'core.notFound',
      )
    }
  })

  test('change: the office and the administrator everywhere, a department or a town its own people', async () => {
    const own = await rowsOf('town-341723101')
    const first = own[0]
    if (!first) throw new Error('nobody is registered')
    const end = (actor: typeof office) =>
      refusalOf(rig.run(actor, c.endBodyPost, { recordId: first.id, version: 99, input: {} }))
    const stale = ['core.staleVersion', 'core.notAllowed']
    expect([await end(office), await end(police)]).toEqual(stale)
    expect([await end(clerk), await end(actorWith({ role: 'town', area: '341723101', bodyId: null }))]).toEqual(stale)
    const others = [actorWith({ role: 'auditor' }), actorWith({ role: 'inspector', bodyId: 'town-341723101' })]
    for (const actor of others) expect(await end(actor)).toBe('core.notAllowed')
    expect(await refusalOf(add(police, { bodyId: 'economy' }))).toBe('core.notAllowed')
    expect((await rowsOf('town-341723101', true, clerk)).every((row) => row.mayChange)).toBe(true)
    expect((await rowsOf('town-341723101', true, police)).some((row) => row.mayChange)).toBe(false)
    const { bodies } = await rig.ask(police, c.listBodies, {})
    expect(bodies.filter((body) => body.managesPosts).map((body) => body.id)).toEqual(['police'])
  })
})

test('the phone book goes out in the order of the bodies, as the list shows it', async () => {
  const list = await rig.ask(clerk, c.listBodyPosts, { size: 200 })
  const [head, ...lines] = await sheetOf(rig, clerk, c.bodyPostExport.contract, {})
  expect(head?.slice(0, 5)).toEqual(['机构', '职务类别', '职务名称', '姓名', '手机'])
  expect(lines.map((line) => line[3])).toEqual(list.rows.map((row) => row.name))
  expect(lines).toHaveLength(list.total)
  const found = await rig.ask(clerk, c.listBodyPosts, { text: '书记' })
  expect(found.rows.map((row) => row.name)).toEqual(['书记甲'])
})
