import * as hazard from '#capabilities/hazard/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import type { TestProduct } from './product.ts'

export const town = '341723101'
export const dueOn = '2026-12-20'

/** A registered general hazard of the unit; answers its id and version. */
export async function registered(test: TestProduct, by: Actor, unitId: string, text = '配电箱缺少防护门') {
  const { recordId, version } = await test.run(by, hazard.reportHazard, {
    input: {
      channel: 'inspection',
      unitId,
      sector: 'industryTrade',
      description: text,
      foundOn: '2026-11-20',
      judgement: { level: 'general' },
    },
  })
  return { recordId, version }
}

/** The same, handed to a body. */
export async function assigned(test: TestProduct, by: Actor, unitId: string, bodyId = 'emergency-management') {
  const made = await registered(test, by, unitId)
  const input = { bodyId, dueOn, demand: '限期整改到位' }
  return test.run(by, hazard.assignHazard, { ...made, input })
}

/** A general hazard that waits for acceptance: the next step closes it. */
export async function awaitingAcceptance(test: TestProduct, by: Actor, rectifier: Actor, unitId: string) {
  let at: { recordId: string; version: number } = await assigned(test, by, unitId)
  at = await test.run(rectifier, hazard.startRectifying, { recordId: at.recordId, version: at.version, input: {} })
  const attachments = [await test.paper(rectifier, 'after')]
  const input = { statement: '已经整改完成', attachments }
  return test.run(rectifier, hazard.applyAcceptance, { recordId: at.recordId, version: at.version, input })
}
