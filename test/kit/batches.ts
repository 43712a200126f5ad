import { searchCriteria } from '#capabilities/criteria/model/index.ts'
import { reportHazard } from '#capabilities/hazard/model/index.ts'
import * as l from '#capabilities/listing/model/index.ts'
import { loadBatch } from '#capabilities/listing/server/batch/store.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { addDays, dayOf } from '#kernel/time.ts'
import type { TestProduct } from './product.ts'

/** The sector whose hazards the county's plan lists in a batch every year. */
export const batchSector = 'fire'

export interface BatchPeople {
  /** Of the fire brigade: drafts and puts before the meeting. */
  readonly drafter: Actor
  readonly inspector: Actor
  readonly office: Actor
  readonly office2: Actor
  readonly leader: Actor
  readonly town: Actor
  readonly principal: Actor
  readonly auditor: Actor
}

/** The people and the places of a yearly batch, and the ways it takes; every step is a real action. */
export async function batchStage(test: TestProduct) {
  const area = '341723101'
  const unitId = await test.unit('木镇镇试验宾馆', area, batchSector)
  const people: BatchPeople = {
    drafter: await test.as('fire-rescue'),
    inspector: await test.as('fire-rescue-jc'),
    office: await test.as('anwei'),
    office2: await test.as('anwei2'),
    leader: await test.as('leader'),
    town: await test.as('town-muzhen'),
    principal: await test.account('batch-principal', [{ role: 'unitPrincipal', area, unitId }]),
    auditor: await test.as('auditor'),
  }
  const today = () => dayOf(test.clock.now())
  const fresh = () => newId(test.clock.now().getTime())
  const { rows } = await test.ask(people.office, searchCriteria, { sector: batchSector, on: today() })
  const criterionId = rows.find((row) => !row.catchAll)?.id ?? null

  /** A registered major hazard of the sector; answers its id. */
  async function hazard(level: 'major' | 'general' = 'major', sector = batchSector): Promise<string> {
    const recordId = fresh()
    const judgement =
      level === 'general'
        ? { level }
        : {
            level,
            criterionId: sector === batchSector ? criterionId : null,
            reason: '人员密集，疏散通道被占用，一旦起火后果严重',
          }
    await test.run(people.office, reportHazard, {
      recordId,
      input: {
        channel: 'inspection',
        unitId,
        sector,
        description: '安全出口数量不足，疏散楼梯被占用',
        foundOn: today(),
        judgement,
      },
    })
    return recordId
  }

  const stored = async (id: string): Promise<l.ListingBatch> => {
    const found = await loadBatch(test.product.database.db, test.product.county, id, false)
    if (!found) throw new Error(`no batch ${id}`)
    return found
  }

  async function act(actor: Actor, id: string, contract: ActionContract, input: object): Promise<l.ListingBatch> {
    const { version } = await stored(id)
    await test.run(actor, contract, { recordId: id, version, input })
    return stored(id)
  }

  const inputs = batchInputs(today)
  const ways = waysOf(test, people, { fresh, hazard, act, inputs })
  return { ...people, people, unitId, today, fresh, hazard, stored, act, inputs, ...ways }
}

export type BatchStage = Awaited<ReturnType<typeof batchStage>>

/** One sensible input for every step. */
export function batchInputs(today: () => string) {
  return {
    choose: (hazardIds: readonly string[]) => ({ hazardIds: [...hazardIds], why: '久拖不改，人员密集，危害较大' }),
    submit: { statement: '年度典型重大火灾隐患，提请审定' },
    approve: () => ({
      meeting: '县政府第5次常务会议',
      meetingOn: today(),
      document: '青政办〔2026〕5号',
      opinion: '同意挂牌督办，限期整改销案',
    }),
    order: () => ({
      document: '青政督〔2026〕1号',
      requirements: '停止使用，限期整改，整改期间专人值守',
      dueOn: addDays(today(), 90),
      release: '经现场复查合格后摘牌销案',
    }),
    publish: () => ({ on: today(), where: '县政府门户网站' }),
    reason: { reason: '材料需要补充，重新拟定' },
  }
}

interface Tools {
  fresh(): string
  hazard(): Promise<string>
  act(actor: Actor, id: string, contract: ActionContract, input: object): Promise<l.ListingBatch>
  readonly inputs: ReturnType<typeof batchInputs>
}

/** A batch brought to a state by real actions; each answers its id. */
function waysOf(test: TestProduct, people: BatchPeople, { fresh, hazard, act, inputs }: Tools) {
  async function drafted(year = Number(dayOf(test.clock.now()).slice(0, 4))): Promise<string> {
    const recordId = fresh()
    await test.run(people.drafter, l.draftBatch, { recordId, input: { year } })
    return recordId
  }

  async function chosen(count = 2, year?: number): Promise<string> {
    const id = await drafted(year)
    const hazards: string[] = []
    for (let at = 0; at < count; at += 1) hazards.push(await hazard())
    await act(people.drafter, id, l.chooseForBatch, inputs.choose(hazards))
    return id
  }

  async function submitted(count = 2, year?: number): Promise<string> {
    const id = await chosen(count, year)
    await act(people.drafter, id, l.submitBatch, inputs.submit)
    return id
  }

  async function approved(count = 2, year?: number): Promise<string> {
    const id = await submitted(count, year)
    await act(people.leader, id, l.approveBatch, inputs.approve())
    return id
  }

  async function ordered(count = 2, year?: number): Promise<string> {
    const id = await approved(count, year)
    await act(people.leader, id, l.orderBatch, inputs.order())
    return id
  }

  async function published(count = 2, year?: number): Promise<string> {
    const id = await ordered(count, year)
    await act(people.leader, id, l.publishBatch, inputs.publish())
    return id
  }

  return { drafted, chosen, submitted, approved, ordered, published }
}
