import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/ids.ts'
import { createTestDatabase, type TestDatabase } from '#test/kit/database.ts'
import * as c from '../model/index.ts'
import { actorWith, freshCreditCode, noon, office, openRig, type Rig, refusalOf, unitInput } from './directory.rig.ts'

let database: TestDatabase
let rig: Rig
beforeAll(async () => {
  database = await createTestDatabase()
  rig = await openRig(database.db)
})
afterAll(() => database?.drop())

const id = () => newId(noon.getTime())
const town = actorWith({ role: 'town', area: '341723101' })
const otherTown = actorWith({ role: 'town', area: '341723102' })
const mines = actorWith({ role: 'department', sectors: ['mines'] })

describe('registering', () => {
  test('a unit comes into the directory with its people, computed flag and buttons', async () => {
    const recordId = id()
    const person = { name: '王小明', phone: '13856600001' }
    const input = unitInput({ sectors: ['mines'], principal: person, controller: person })
    const result = await rig.run(town, c.registerUnit, { recordId, input })
    expect(result).toMatchObject({ version: 1, output: { state: 'active', highRisk: true }, replayed: false })
    const view = await rig.ask(town, c.getUnit, { id: recordId })
    expect(view).toMatchObject({ name: input.name, principalName: '王小明', highRisk: true, areaName: '木镇镇' })
    expect(view.routes[0]).toMatchObject({ leadBodyName: '机构emergency', townBodyName: '机构town-341723101' })
    expect(new Set(view.posts.map((post) => post.personId)).size).toBe(1)
    expect(view.allowedActions.map((row) => row.action)).toContain('directory.closeUnit')
  })

  test('personal numbers are whole for the office and the own unit, masked for others', async () => {
    const unitId = await rig.register({ principal: { name: '李四海', phone: '13856600002' } })
    const phoneFor = async (actor: typeof office) => (await rig.ask(actor, c.getUnit, { id: unitId })).posts[0]?.phone
    expect(await phoneFor(office)).toBe('13856600002')
    expect(await phoneFor(actorWith({ role: 'unitPrincipal', unitId }))).toBe('13856600002')
    expect(await phoneFor(town)).toBe('138****0002')
    const people = await rig.ask(town, c.listPeople, { unitId })
    expect(people.rows.map((row) => row.phone)).toEqual(['138****0002'])
  })

  test('a wrong credit code is refused with the reason at its field', async () => {
    const wrong = freshCreditCode().replace(/.$/, (last) => (last === '1' ? '2' : '1'))
    const attempt = rig.run(office, c.registerUnit, { recordId: id(), input: unitInput({ creditCode: wrong }) })
    await expect(attempt).rejects.toMatchObject({
      def: { code: 'core.invalidInput' },
      fields: [{ path: 'creditCode', message: expect.stringContaining('统一社会信用代码') }],
    })
  })

  test('only a place may come without a credit code', async () => {
    expect(await refusalOf(rig.register({ creditCode: null }))).toBe('core.invalidInput')
    expect(await refusalOf(rig.register({ creditCode: null, kind: 'place' }))).toBe('accepted')
  })

  test.each([
    ['an unknown town', { area: '341723999' }, 'directory.areaUnknown'],
    ['the whole county', { area: '341723' }, 'core.invalidInput'],
    ['an unknown sector', { sectors: ['nothing'] }, 'directory.sectorUnknown'],
    ['no sector', { sectors: [] }, 'core.invalidInput'],
    ['swapped coordinates', { position: { lng: 30.6, lat: 117.8 } }, 'directory.positionSwapped'],
    ['a position in Hefei', { position: { lng: 117.28, lat: 31.86 } }, 'directory.positionOutside'],
    ['half a position', { position: { lng: 117.8 } as never }, 'core.invalidInput'],
  ])('%s is refused', async (_name, more, code) => {
    expect(await refusalOf(rig.register(more))).toBe(code)
  })

  test('nobody registers outside the own area, sector or role', async () => {
    expect(await refusalOf(rig.register({ area: '341723102' }, town))).toBe('core.notAllowed')
    expect(await refusalOf(rig.register({ sectors: ['roads'] }, mines))).toBe('core.notAllowed')
    const principal = actorWith({ role: 'unitPrincipal', unitId: await rig.register() })
    expect(await refusalOf(rig.register({}, principal))).toBe('core.notAllowed')
  })

  test('the same action again answers the first result and writes nothing', async () => {
    const envelope = { actionId: id(), recordId: id(), input: unitInput() }
    const first = await rig.run(office, c.registerUnit, envelope)
    const again = await rig.run(office, c.registerUnit, envelope)
    expect(again).toEqual({ ...first, replayed: true })
  })

  test('a credit code stands once, also when two register it at the same moment, and names no unit out of scope', async () => {
    const creditCode = freshCreditCode()
    const both = await Promise.all([
      refusalOf(rig.register({ creditCode })),
      refusalOf(rig.register({ creditCode }, town)),
    ])
    expect(both.sort()).toEqual(['accepted', 'directory.creditCodeTaken'])
    const hidden = freshCreditCode()
    await rig.register({ creditCode: hidden, name: '不该被看见的单位' })
    await expect(rig.register({ creditCode: hidden, area: '341723102' }, otherTown)).rejects.not.toMatchObject({
      message: expect.stringContaining('不该被看见'),
    })
    expect(await refusalOf(rig.register({ creditCode: hidden, kind: 'place' }))).toBe('accepted')
  })
})

describe('near duplicates', () => {
  test('a probable duplicate needs the person’s word', async () => {
    await rig.register({ name: '青阳县恒泰石料有限公司', creditCode: null, kind: 'place' })
    const again = { name: '恒泰石料', creditCode: null, kind: 'place' as const }
    expect(await refusalOf(rig.register({ ...again, confirmNew: false }))).toBe('directory.probableDuplicate')
    expect(await refusalOf(rig.register({ ...again, confirmNew: true }))).toBe('accepted')
  })

  test('likely units are found by name and by code, within the scope only', async () => {
    const creditCode = freshCreditCode()
    const unitId = await rig.register({ name: '九子岩镁合金材料厂', creditCode })
    const byName = await rig.ask(town, c.findSimilarUnits, { name: '九子岩镁合金厂', area: '341723101' })
    expect(byName.units[0]).toMatchObject({ unit: { id: unitId }, probable: false })
    const byCode = await rig.ask(town, c.findSimilarUnits, { name: '完全不同', creditCode })
    expect(byCode.units[0]).toMatchObject({ unit: { id: unitId }, score: 1, probable: true })
    expect((await rig.ask(otherTown, c.findSimilarUnits, { name: '九子岩镁合金材料厂' })).units).toEqual([])
    const port = await rig.directory.matchUnits(database.db, '341723', {
      name: '九子岩镁合金材料厂',
      area: '341723101',
      creditCode: null,
    })
    expect(port[0]).toMatchObject({ unit: { id: unitId, active: true, highRisk: false }, score: 1 })
  })

  test('many are looked for at once: by name in their town or by code, each with what is it beyond doubt', async () => {
    const creditCode = freshCreditCode()
    const one = await rig.register({ name: '青阳县双桥水泥制品厂', creditCode: null, kind: 'place' })
    const other = await rig.register({ name: '青阳县朝阳竹制品厂', creditCode })
    const wanted = [
      { name: '青阳县双桥水泥制品厂', area: '341723101', creditCode: null },
      { name: '青阳县双桥水泥制品厂', area: '341723102', creditCode: null },
      { name: '双桥水泥制品厂', area: '341723101', creditCode: null },
      { name: '别的名字', area: '341723101', creditCode },
      { name: '青阳县朝阳竹制品厂', area: '341723101', creditCode: freshCreditCode() },
      { name: '没有这家单位', area: null, creditCode: null },
    ]
    const found = await rig.directory.exactUnits(database.db, '341723', wanted)
    expect(found.map((units) => units.map(({ id }) => id))).toEqual([[one], [], [], [other], [], []])
    expect(await rig.directory.exactUnits(database.db, '341724', wanted)).toEqual(wanted.map(() => []))
  })
})

describe('changing a unit', () => {
  test('a record out of scope is not found, an action beyond the role not allowed', async () => {
    const unitId = await rig.register()
    const edit = { recordId: unitId, version: 1, input: { ...unitInput() } }
    expect(await refusalOf(rig.run(otherTown, c.editUnit, edit))).toBe('core.notFound')
    expect(await refusalOf(rig.ask(otherTown, c.getUnit, { id: unitId }))).toBe('core.notFound')
    const principal = actorWith({ role: 'unitPrincipal', unitId })
    expect(await refusalOf(rig.run(principal, c.editUnit, edit))).toBe('core.notAllowed')
    const contacts = { contacts: [{ name: '赵六', phone: '0566-5021234' }], address: '木镇老街1号' }
    const done = await rig.run(principal, c.editContacts, { recordId: unitId, version: 1, input: contacts })
    expect(done.version).toBe(2)
    expect(await rig.ask(principal, c.getUnit, { id: unitId })).toMatchObject({ address: '木镇老街1号' })
  })

  test('the position is set where the person stands, stays when nothing is said of it, and is taken back by null', async () => {
    const unitId = await rig.register({ position: { lng: 117.8, lat: 30.6 } })
    const principal = actorWith({ role: 'unitPrincipal', unitId })
    const step = async (version: number, more: object) => {
      const input = { contacts: [], address: '', ...more }
      await rig.run(principal, c.editContacts, { recordId: unitId, version, input })
      return (await rig.ask(principal, c.getUnit, { id: unitId })).position
    }
    expect(await step(1, {})).toEqual({ lng: 117.8, lat: 30.6 })
    const found = { lng: 117.812345, lat: 30.654321 }
    expect(await step(2, { position: found })).toEqual(found)
    const far = { contacts: [], address: '', position: { lng: 30.654321, lat: 117.812345 } }
    await expect(
      rig.run(principal, c.editContacts, { recordId: unitId, version: 3, input: far }),
    ).rejects.toMatchObject({
      def: { code: 'directory.positionSwapped' },
      fields: [{ path: 'position', message: expect.stringContaining('117.6至118.2') }],
    })
    expect(await step(3, { position: null })).toBeNull()
  })

  test('an old version is refused and nothing is written', async () => {
    const unitId = await rig.register({ name: '旧版本测试厂' })
    const change = { contacts: [], address: '新地址' }
    await rig.run(office, c.editContacts, { recordId: unitId, version: 1, input: change })
    const late = rig.run(office, c.editContacts, {
      recordId: unitId,
      version: 1,
      input: { ...change, address: '更新' },
    })
    expect(await refusalOf(late)).toBe('core.staleVersion')
    expect((await rig.ask(office, c.getUnit, { id: unitId })).address).toBe('新地址')
  })

  test('nobody moves a unit out of the own scope', async () => {
    const unitId = await rig.register()
    const input = unitInput({ area: '341723102' })
    const moved = rig.run(town, c.editUnit, { recordId: unitId, version: 1, input })
    expect(await refusalOf(moved)).toBe('directory.movedOutOfScope')
    expect(await refusalOf(rig.run(office, c.editUnit, { recordId: unitId, version: 1, input }))).toBe('accepted')
  })

  test('a closed unit changes no more until it is reopened', async () => {
    const unitId = await rig.register()
    const because = { reason: '营业执照已注销' }
    await rig.run(office, c.closeUnit, { recordId: unitId, version: 1, input: because })
    const edit = rig.run(office, c.editContacts, { recordId: unitId, version: 2, input: { contacts: [], address: '' } })
    expect(await refusalOf(edit)).toBe('core.wrongState')
    expect(await rig.directory.findUnit(database.db, '341723', unitId)).toMatchObject({ active: false })
    await rig.run(office, c.reopenUnit, { recordId: unitId, version: 2, input: because })
    await rig.run(office, c.suspendUnit, { recordId: unitId, version: 3, input: because })
    const view = await rig.ask(office, c.getUnit, { id: unitId })
    expect(view).toMatchObject({ state: 'suspended', stateReason: '营业执照已注销', version: 4 })
  })

  test('who speaks for a unit keeps it when it moves to another town', async () => {
    const unitId = await rig.register({ area: '341723101' })
    const principal = actorWith({ role: 'unitPrincipal', area: '341723101', unitId })
    const { confirmNew: _, ...facts } = unitInput({ area: '341723102' })
    await rig.run(office, c.editUnit, { recordId: unitId, version: 1, input: facts })
    expect((await rig.ask(principal, c.getUnit, { id: unitId })).area).toBe('341723102')
    expect((await rig.ask(principal, c.listUnits, {})).rows.map((row) => row.id)).toEqual([unitId])
  })

  test('the high-risk flag keeps both the sectors’ word and the override', async () => {
    const unitId = await rig.register({ sectors: ['mines'] })
    const set = (version: number, value: boolean | null) =>
      rig.run(office, c.setHighRisk, { recordId: unitId, version, input: { value, reason: '实际只做办公' } })
    expect(await refusalOf(set(1, true))).toBe('directory.overrideSame')
    await set(1, false)
    const view = await rig.ask(office, c.getUnit, { id: unitId })
    expect(view).toMatchObject({
      highRisk: false,
      highRiskBySector: true,
      highRiskOverride: { value: false, reason: '实际只做办公', by: '测试人员', on: '2026-11-23' },
    })
    const listed = await rig.ask(office, c.listUnits, { highRisk: true, size: 200 })
    expect(listed.rows.map((row) => row.id)).not.toContain(unitId)
    expect((await set(2, null)).output.highRisk).toBe(true)
  })
})

describe('people', () => {
  test('a new principal ends the old one’s post; both stay in the history and the contacts name the new one', async () => {
    const unitId = await rig.register({ principal: { name: '老厂长', phone: '13856600003' } })
    const input = { person: { name: '新厂长', phone: '13856600004' } }
    await rig.run(office, c.setPrincipal, { recordId: unitId, version: 1, input })
    await rig.run(office, c.setController, { recordId: unitId, version: 2, input: { person: { name: '老板' } } })
    const { posts } = await rig.ask(office, c.getUnit, { id: unitId })
    expect(posts.map((post) => [post.personName, post.toDay])).toEqual(
      expect.arrayContaining([
        ['老厂长', '2026-11-23'],
        ['新厂长', null],
        ['老板', null],
      ]),
    )
    const contacts = await rig.directory.unitContacts(database.db, '341723', unitId)
    expect(contacts.map((row) => [row.name, row.role, row.phone]).sort()).toEqual([
      ['新厂长', 'principal', '13856600004'],
      ['老板', 'controller', null],
    ])
    const again = rig.run(office, c.setPrincipal, { recordId: unitId, version: 3, input })
    expect(await refusalOf(again)).toBe('directory.alreadyHolds')
  })

  test('the same name and phone is the same person at two units; an unseen person cannot be linked', async () => {
    const person = { name: '两家跑', phone: '13856600005' }
    const first = await rig.register({ principal: person })
    const second = await rig.register({ principal: person, area: '341723102' })
    const idOf = async (unitId: string) => (await rig.ask(office, c.getUnit, { id: unitId })).posts[0]?.personId
    expect(await idOf(first)).toBe(await idOf(second))
    const stranger = await rig.register({ principal: { name: '陌生人', phone: '13856600006' } })
    const elsewhere = await rig.register({ area: '341723102' })
    const input = { person: { personId: await idOf(stranger) }, kind: 'safetyOfficer' as const }
    const link = (actor: typeof office) =>
      refusalOf(rig.run(actor, c.addPost, { recordId: elsewhere, version: 1, input }))
    expect(await link(otherTown)).toBe('directory.personUnknown')
    expect(await link(office)).toBe('accepted')
  })

  test('posts end once, and numbers are corrected where the person works', async () => {
    const unitId = await rig.register()
    const added = await rig.run(office, c.addPost, {
      recordId: unitId,
      version: 1,
      input: { person: { name: '安全员甲', phone: '13856600007' }, kind: 'safetyOfficer', fromDay: '2026-01-05' },
    })
    const { personId, postId } = added.output
    const phone = { personId, phone: '13856600008' }
    await rig.run(office, c.editPerson, { recordId: unitId, version: 2, input: phone })
    expect((await rig.ask(office, c.getUnit, { id: unitId })).posts[0]?.phone).toBe('13856600008')
    const end = (version: number, toDay: string) =>
      refusalOf(rig.run(office, c.endPost, { recordId: unitId, version, input: { postId, toDay } }))
    expect(await end(3, '2026-01-04')).toBe('directory.postDaysWrong')
    expect(await end(3, '2026-11-20')).toBe('accepted')
    expect(await end(4, '2026-11-20')).toBe('directory.postEnded')
    const gone = rig.run(office, c.editPerson, { recordId: unitId, version: 4, input: phone })
    expect(await refusalOf(gone)).toBe('directory.personNotHere')
    expect((await rig.ask(office, c.listPeople, { unitId })).total).toBe(0)
    expect((await rig.ask(office, c.listPeople, { unitId, current: false })).total).toBe(1)
  })

  test('a post’s words and days are corrected; one principal’s days never lie over another’s', async () => {
    const unitId = await rig.register({ principal: { name: '前任厂长', phone: '13856600011' } })
    const next = { person: { name: '现任厂长', phone: '13856600012' }, fromDay: '2026-11-23' }
    await rig.run(office, c.setPrincipal, { recordId: unitId, version: 1, input: next })
    const view = await rig.ask(office, c.getUnit, { id: unitId })
    const idOf = (name: string) => view.posts.find((post) => post.personName === name)?.id ?? ''
    const edit = (version: number, name: string, more: { fromDay: string; toDay?: string | null; title?: string }) =>
      refusalOf(rig.run(office, c.editPost, { recordId: unitId, version, input: { postId: idOf(name), ...more } }))
    expect(await edit(2, '前任厂长', { fromDay: '2023-05-01', toDay: '2026-09-30', title: '厂长' })).toBe('accepted')
    expect(await edit(3, '现任厂长', { fromDay: '2026-10-01' })).toBe('accepted')
    expect(await edit(4, '现任厂长', { fromDay: '2026-09-01' })).toBe('directory.postDaysWrong')
    expect(await edit(4, '前任厂长', { fromDay: '2023-05-01', toDay: null })).toBe('directory.postDaysWrong')
    expect(await edit(4, '现任厂长', { fromDay: '2026-12-01' })).toBe('directory.postDaysWrong')
    expect(await edit(4, '没有这人', { fromDay: '2026-10-01' })).toBe('core.invalidInput')
    expect(await edit(2, '现任厂长', { fromDay: '2026-10-02' })).toBe('core.staleVersion')
    const { posts } = await rig.ask(office, c.getUnit, { id: unitId })
    expect(posts.map((post) => [post.personName, post.title, post.fromDay, post.toDay])).toEqual([
      ['前任厂长', '厂长', '2023-05-01', '2026-09-30'],
      ['现任厂长', '', '2026-10-01', null],
    ])
    const stranger = rig.run(otherTown, c.editPost, {
      recordId: unitId,
      version: 4,
      input: { postId: idOf('现任厂长'), fromDay: '2026-10-02' },
    })
    expect(await refusalOf(stranger)).toBe('core.notFound')
  })
})
