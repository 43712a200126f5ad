import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as hazard from '#capabilities/hazard/model/index.ts'
import { addDays } from '#kernel/time.ts'
import { type HazardStage, hazardStage } from '#test/kit/hazard-stage.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct
let stage: HazardStage

beforeAll(async () => {
  test = await openTestProduct()
  stage = await hazardStage(test)
})
afterAll(() => test?.close())

const why = '写明理由以备查考'

describe('the whole loop', () => {
  it('goes from a finding to 销号 by people who are not each other', async () => {
    const tale = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(tale)
    await stage.applied(tale)
    expect(await refusalOf(tale.act(stage.principal, hazard.acceptHazard, { opinion: '自己验收' }))).toBe(
      'core.notAllowed',
    )
    await stage.reviewed(tale)
    expect(await refusalOf(tale.act(stage.inspector, hazard.approveClosure, { opinion: '自己审批' }))).toBe(
      'core.notAllowed',
    )
    await tale.act(stage.office, hazard.approveClosure, { opinion: '同意销号归档' })
    const view = await tale.view(stage.office)
    expect(view).toMatchObject({ state: 'closed', closeKind: 'approved', missing: [] })
    expect(view.timeline.map((entry) => entry.action)).toContain('hazard.recordReview')
  })

  it('tells the principal and the actual controller at every turn', async () => {
    const tale = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.closed(tale)
    const titles = (await tale.view(stage.office)).notices.map(({ to, title }) => `${to}：${title}`)
    for (const title of ['您单位被登记一条重大事故隐患', '重大事故隐患整改交办', '重大事故隐患已销号']) {
      const told = titles.filter((line) => line.endsWith(`：${title}`))
      expect(told.some((line) => line.includes('主要负责人'))).toBe(true)
      expect(told.some((line) => line.includes('实际控制人'))).toBe(true)
    }
  })

  it('calls a general hazard by its name in what it tells the unit and in its history', async () => {
    const tale = await stage.found(stage.inspector, { judgement: { level: 'general' } })
    await tale.act(stage.department, hazard.assignHazard, {
      bodyId: 'emergency-management',
      dueOn: addDays(stage.today(), 5),
      demand: '限期整改到位',
    })
    const titles = (await tale.view(stage.office)).notices.map(({ title }) => title)
    expect(titles).toEqual(expect.arrayContaining(['您单位被登记一条一般隐患', '一般隐患整改交办']))
    expect(titles.filter((title) => title.includes('重大'))).toEqual([])
    const undecided = await stage.found(stage.principal)
    expect((await undecided.view(stage.office)).timeline[0]?.summary).toBe('上报等级待核实的隐患')
  })

  it('takes 五落实 and interim control in one form, after which rectifying may start', async () => {
    const tale = await stage.found(stage.inspector, { judgement: stage.major })
    await tale.act(stage.department, hazard.assignHazard, {
      bodyId: 'emergency-management',
      dueOn: addDays(stage.today(), 20),
      demand: '限期整改到位',
    })
    await tale.act(stage.principal, hazard.savePlan, { plan: stage.plan(), interim: '停用设备并派人值守' })
    const { interim, interimMissing, timeline } = await tale.view(stage.office)
    expect(interim).toMatchObject([{ text: '停用设备并派人值守', by: stage.principal.name }])
    expect(interimMissing).toBe(false)
    expect(timeline[0]?.summary).toBe('五落实填报齐全；落实临时管控：停用设备并派人值守')
    await tale.act(stage.principal, hazard.startRectifying, {})
    expect((await tale.view(stage.office)).state).toBe('rectifying')
  })

  it('lays an application to resume before those who decide, until it is decided', async () => {
    const waiting = async () => {
      const { groups } = await test.ask(stage.department, hazard.myTasks, {})
      const group = groups.find(({ id }) => id === 'resume')
      const listed = await test.ask(stage.department, hazard.listHazards, { ...group?.filter, size: 50 })
      return group?.total === listed.total ? listed.rows.map(({ id }) => id) : 'the number opens other rows'
    }
    const tale = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(tale)
    await tale.act(stage.department, hazard.orderStop, { scope: '焊接车间', reason: why })
    expect(await waiting()).not.toContain(tale.id)
    await tale.act(stage.principal, hazard.askResume, { statement: '已经整改并评估合格' })
    expect(await waiting()).toContain(tale.id)
    await tale.act(stage.department, hazard.liftStop, { opinion: '现场审查合格，同意恢复' })
    expect(await waiting()).not.toContain(tale.id)
  })

  it('tells the town when the unit has nobody who could be told', async () => {
    const tale = await stage.found(stage.inspector, {
      judgement: stage.major,
      unitId: null,
      placeName: '河边无名作坊',
      area: stage.town,
    })
    const { notices } = await tale.view(stage.office)
    expect(notices.map((notice) => notice.title)).toContain('未能通知到单位：您单位被登记一条重大事故隐患')
  })
})

describe('what cannot be got around', () => {
  it('a major hazard is not made general by field staff, nor while listed or stopped', async () => {
    const tale = await stage.found(stage.inspector, { judgement: stage.major })
    const down = { judgement: { level: 'general' as const }, why }
    expect(await refusalOf(tale.act(stage.inspector, hazard.rejudgeHazard, down))).toBe('hazard.downgradeNotAllowed')
    await stage.underway(tale)
    await tale.act(stage.department, hazard.orderStop, { scope: '焊接车间', reason: why })
    expect(await refusalOf(tale.act(stage.office, hazard.rejudgeHazard, down))).toBe('hazard.stillStopped')
  })

  it('a hazard raised to major while being rectified waits for 五落实', async () => {
    const tale = await stage.found(stage.inspector, { judgement: { level: 'general' } })
    await tale.act(stage.department, hazard.assignHazard, {
      bodyId: 'emergency-management',
      dueOn: addDays(stage.today(), 5),
      demand: '限期整改到位',
    })
    await tale.act(stage.principal, hazard.startRectifying, {})
    await tale.act(stage.inspector, hazard.rejudgeHazard, { judgement: stage.major, why })
    expect((await tale.view(stage.office)).state).toBe('assigned')
    expect(await refusalOf(tale.act(stage.principal, hazard.startRectifying, {}))).toBe('hazard.fiveMissing')
  })

  it('五落实 cannot be emptied again, nor planned past the deadline', async () => {
    const tale = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(tale)
    const save = (plan: object) => refusalOf(tale.act(stage.principal, hazard.savePlan, { plan }))
    expect(await save({ ...stage.plan(), emergencyPlan: '' })).toBe('hazard.fiveMissing')
    expect(await save(stage.plan(addDays(stage.today(), 21)))).toBe('hazard.planLate')
    expect(await save(stage.plan(addDays(stage.today(), 20)))).toBe('accepted')
  })

  it('a unit closes by itself only what it found by itself', async () => {
    const after = await test.paper(stage.principal, 'after')
    const fix = { note: '当场改好', attachments: [after] }
    const told = await stage.found(stage.clerk, { channel: 'publicReport' })
    expect(await refusalOf(told.act(stage.principal, hazard.fixAtOnce, fix))).toBe('hazard.unitMayOnlyOwn')
    const judged = await stage.found(stage.inspector, { judgement: { level: 'general' } })
    expect(await refusalOf(judged.act(stage.principal, hazard.fixAtOnce, fix))).toBe('hazard.unitMayOnlyOwn')
    const ownMajor = await stage.found(stage.principal, { judgement: stage.major })
    expect(await refusalOf(ownMajor.act(stage.principal, hazard.fixAtOnce, fix))).toBe('hazard.majorCannotFixAtOnce')
    const own = await stage.found(stage.principal)
    await own.act(stage.principal, hazard.fixAtOnce, fix)
    expect(await own.view(stage.office)).toMatchObject({ state: 'closed', closeKind: 'atOnce', channel: 'selfCheck' })
  })

  it('handing a hazard back is no way to a later deadline', async () => {
    const tale = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(tale)
    await tale.act(stage.clerk, hazard.returnAssignment, { reason: why })
    const again = (dueOn: string) => ({ bodyId: 'town-rongcheng', dueOn, demand: '重新交办' })
    const later = again(addDays(stage.today(), 60))
    expect(await refusalOf(tale.act(stage.clerk, hazard.assignHazard, later))).toBe('hazard.onlyIssuer')
    await tale.act(stage.department, hazard.assignHazard, later)
    const { extensions, issuerBodyName } = await tale.view(stage.office)
    expect(extensions).toMatchObject([{ decision: 'granted', to: later.dueOn }])
    expect(issuerBodyName).toBe('县应急管理局')
    await tale.act(stage.clerk, hazard.returnAssignment, { reason: why })
    const third = again(addDays(stage.today(), 90))
    expect(await refusalOf(tale.act(stage.department, hazard.assignHazard, third))).toBe('hazard.extensionLimit')
  })

  it('only a body of the directory is given a hazard', async () => {
    const tale = await stage.found(stage.inspector, { judgement: stage.major })
    const to = { bodyId: 'nobody-at-all', dueOn: stage.today(), demand: '限期整改' }
    expect(await refusalOf(tale.act(stage.department, hazard.assignHazard, to))).toBe('hazard.bodyUnknown')
  })

  it('after a failed review the old photos prove nothing', async () => {
    const tale = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(tale)
    await stage.applied(tale)
    test.clock.advance(60_000)
    await stage.reviewed(tale, false)
    const again = { statement: '又整改了一遍', attachments: [] }
    expect(await refusalOf(tale.act(stage.principal, hazard.applyAcceptance, again))).toBe('hazard.photosMissing')
    test.clock.advance(60_000)
    await stage.applied(tale)
    expect((await tale.view(stage.office)).state).toBe('awaitingAcceptance')
  })

  it('who worked on it, or is named as responsible, neither reviews nor approves', async () => {
    const tale = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(tale)
    await stage.applied(tale)
    await tale.act(stage.department, hazard.acceptHazard, { opinion: '同意进入复查' })
    const proof = await test.paper(stage.inspector, 'review')
    const review = (reviewers: string[]) => ({
      on: stage.today(),
      reviewers,
      findings: '现场确认已经整改',
      passed: true,
      attachments: [proof],
    })
    const own = tale.act(stage.inspector, hazard.recordReview, review(['红星厂长']))
    expect(await refusalOf(own)).toBe('hazard.rectifierCannotReview')
    await tale.act(stage.inspector, hazard.recordReview, review([stage.office.name]))
    const approval = { opinion: '同意销号归档' }
    expect(await refusalOf(tale.act(stage.office, hazard.approveClosure, approval))).toBe(
      'hazard.reviewerCannotApprove',
    )
    await tale.act(stage.office2, hazard.approveClosure, approval)
  })

  it('a major hazard leaves the database only by the committee office, with a paper, and can come back', async () => {
    const tale = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(tale)
    const out = { receiver: '市应急管理局', reason: why }
    expect(await refusalOf(tale.act(stage.department, hazard.transferOut, out))).toBe('hazard.officeOnly')
    expect(await refusalOf(tale.act(stage.office, hazard.transferOut, out))).toBe('hazard.documentNeeded')
    await tale.act(stage.office, hazard.transferOut, { ...out, attachments: [await test.paper(stage.office, 'order')] })
    await tale.act(stage.office, hazard.restoreHazard, { reason: why })
    expect((await tale.view(stage.office)).state).toBe('rectifying')
    expect(await refusalOf(tale.act(stage.department, hazard.voidHazard, { reason: why }))).toBe('hazard.officeOnly')
  })
})
