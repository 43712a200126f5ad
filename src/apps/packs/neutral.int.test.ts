import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getMatrix, listAreas, listUnits } from '#capabilities/directory/model/index.ts'
import * as hazard from '#capabilities/hazard/model/index.ts'
import { overview } from '#capabilities/statistics/model/index.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct
beforeAll(async () => {
  test = await openTestProduct('2026-06-01T09:00:00', '_neutral')
})
afterAll(() => test.close())

const town = '990101100'

/** The engine on a county that does not exist: whatever it needs it must have from the pack. */
describe('another county by another pack', () => {
  it('has its own directory', async () => {
    const office = await test.as('anwei')
    const { areas } = await test.ask(office, listAreas, {})
    expect(areas.filter((area) => area.supervised).map((area) => area.name)).toEqual(['东山镇', '西河镇'])
    const matrix = await test.ask(office, getMatrix, {})
    expect(JSON.stringify(matrix)).toContain('示例县应急管理局')
  })

  it('sees a major hazard through to its closing and counts it', async () => {
    const [office, department, inspector] = await Promise.all(
      ['anwei', 'emergency', 'emergency-jc'].map((login) => test.as(login)),
    )
    if (!office || !department || !inspector) throw new Error('the cast is not complete')
    const unitId = await test.unit('东山机械厂', town, 'industryTrade')
    const principal = await test.account('boss', [{ role: 'unitPrincipal', area: town, unitId }])
    const found = await test.run(inspector, hazard.reportHazard, {
      input: {
        channel: 'inspection',
        unitId,
        sector: 'industryTrade',
        description: '两名焊工没有特种作业操作证在车间焊接',
        foundOn: '2026-06-01',
        judgement: { level: 'major', criterionId: 'gongmao-2023-3-2', reason: '' },
      },
    })
    let { version } = found
    const recordId = found.recordId
    const step: TestProduct['run'] = async (actor, contract, call) => {
      const result = await test.run(actor, contract, { recordId, version, ...call })
      version = result.version
      return result
    }
    const dueOn = '2026-06-20'
    await step(department, hazard.assignHazard, { input: { bodyId: 'emergency', dueOn, demand: '限期整改' } })
    await step(principal, hazard.setInterim, { input: { text: '停止焊接作业，撤离人员' } })
    const measures = [{ kind: 'management' as const, text: '安排持证焊工', done: false }]
    const plan = { responsiblePerson: '张工', measures, fundsYuan: 5000, deadline: dueOn, emergencyPlan: '断电灭火' }
    await step(principal, hazard.savePlan, { input: { plan } })
    await step(principal, hazard.startRectifying, { input: {} })
    const after = await test.paper(principal, 'after')
    await step(principal, hazard.applyAcceptance, { input: { statement: '已换持证焊工', attachments: [after] } })
    await step(department, hazard.acceptHazard, { input: { opinion: '资料齐全同意验收' } })
    const record = await test.paper(inspector, 'review')
    const review = { on: '2026-06-01' as const, reviewers: ['王五'], findings: '现场人员均持证', passed: true }
    await step(inspector, hazard.recordReview, { input: { ...review, attachments: [record] } })
    const before = await test.ask(office, overview, {})
    expect(before.counts.standing?.n).toBe(1)
    const closed = await step(department, hazard.approveClosure, { input: { opinion: '复查合格同意销号' } })
    expect(closed.output).toMatchObject({ state: 'closed' })
    const after2 = await test.ask(office, overview, {})
    expect(after2.counts.standing?.n).toBe(0)
    expect(after2.counts.closed?.n).toBe(1)
    expect((await test.ask(office, listUnits, {})).total).toBe(1)
  })

  it('brings what has no lead to the committee office, with the reason its pack gives', async () => {
    const office = await test.as('anwei')
    const unitId = await test.unit('西河烟花店', '990101101', 'fireworks')
    const { output } = await test.run(office, hazard.reportHazard, {
      input: {
        channel: 'inspection',
        unitId,
        sector: 'fireworks',
        description: '零售点柜台内存放少量散装鞭炮',
        foundOn: '2026-06-01',
        judgement: { level: 'general' },
      },
    })
    expect(output.routeReason).toContain('没有写明烟花爆竹的牵头部门')
  })
})
