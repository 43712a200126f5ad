import type { z } from 'zod'
import * as hazard from '#capabilities/hazard/model/index.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { addDays, dayOf } from '#kernel/time.ts'
import type { TestProduct } from './product.ts'

/** One hazard that remembers its version, so that a test reads as the story it tells. */
export interface Tale {
  readonly id: string
  /** Carries an action out on the hazard as it now is; refusals are thrown. */
  act<I extends z.ZodType>(actor: Actor, contract: ActionContract<I>, input: z.input<I>): Promise<void>
  view(actor: Actor): Promise<hazard.HazardView>
}

function taleOf(test: TestProduct, id: string, first: number): Tale {
  let version = first
  return {
    id,
    async act(actor, contract, input) {
      version = (await test.run(actor, contract, { recordId: id, version, input })).version
    },
    view: async (actor) => {
      const view = await test.ask(actor, hazard.getHazard, { id })
      version = view.version
      return view
    },
  }
}

/** The people of a small county, and the ways a hazard takes there; every step is a real action. */
export async function hazardStage(test: TestProduct) {
  const town = '341723100'
  const office = await test.as('anwei')
  const office2 = await test.as('anwei2')
  const department = await test.as('emergency-management')
  const inspector = await test.as('emergency-management-jc')
  const clerk = await test.as('town-rongcheng')
  const unitId = await test.unit('青阳县红星机械厂', town, 'industryTrade')
  const principal = await test.account('principal', [{ role: 'unitPrincipal', area: town, unitId }])
  const today = () => dayOf(test.clock.now())
  const major = { level: 'major' as const, criterionId: 'gongmao-2023-3-2' }

  async function found(actor: Actor, input: Partial<z.input<typeof hazard.reportHazard.input>> = {}): Promise<Tale> {
    const recordId = newId(test.clock.now().getTime())
    const whole = {
      channel: 'inspection' as const,
      unitId,
      sector: 'industryTrade',
      description: '电焊工没有特种作业操作证上岗作业',
      foundOn: today(),
      ...input,
    }
    const { version } = await test.run(actor, hazard.reportHazard, { recordId, input: whole })
    return taleOf(test, recordId, version)
  }

  const people = { office, office2, department, inspector, clerk, principal }
  return { town, ...people, unitId, major, today, found, ...steps(test, people) }
}

export type HazardStage = Awaited<ReturnType<typeof hazardStage>>

interface People {
  readonly office: Actor
  readonly department: Actor
  readonly inspector: Actor
  readonly principal: Actor
}

/** The way of a major hazard, step by step. */
function steps(test: TestProduct, { office, department, inspector, principal }: People) {
  const today = () => dayOf(test.clock.now())
  const plan = (deadline = addDays(today(), 10)) => ({
    responsiblePerson: '红星厂长',
    measures: [{ kind: 'management' as const, text: '停止无证作业' }],
    fundsYuan: 20_000,
    deadline,
    emergencyPlan: '发现险情立即停止作业撤离人员',
  })

  /** From 已登记 to 整改中, with everything a major hazard needs. */
  async function underway(tale: Tale): Promise<void> {
    await tale.act(department, hazard.assignHazard, {
      bodyId: 'emergency-management',
      dueOn: addDays(today(), 20),
      demand: '限期整改到位',
    })
    await tale.act(principal, hazard.savePlan, { plan: plan() })
    await tale.act(principal, hazard.setInterim, { text: '停用设备并派人值守' })
    await tale.act(principal, hazard.startRectifying, {})
  }

  async function applied(tale: Tale): Promise<void> {
    const after = await test.paper(principal, 'after')
    await tale.act(principal, hazard.applyAcceptance, { statement: '已经整改完成', attachments: [after] })
  }

  async function reviewed(tale: Tale, passed = true): Promise<void> {
    await tale.act(department, hazard.acceptHazard, { opinion: '同意进入复查' })
    const proof = await test.paper(inspector, 'review')
    await tale.act(inspector, hazard.recordReview, {
      on: today(),
      reviewers: ['王检查', '李检查'],
      findings: passed ? '现场确认已经整改' : '现场仍有无证作业',
      passed,
      attachments: [proof],
    })
  }

  async function approved(tale: Tale, by = office): Promise<void> {
    await tale.act(by, hazard.approveClosure, { opinion: '同意销号归档' })
  }

  async function closed(tale: Tale): Promise<void> {
    await underway(tale)
    await applied(tale)
    await reviewed(tale)
    await approved(tale)
  }

  return { plan, underway, applied, reviewed, approved, closed }
}
