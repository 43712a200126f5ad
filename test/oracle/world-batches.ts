import * as l from '#capabilities/listing/model/index.ts'
import { loadBatch } from '#capabilities/listing/server/batch/store.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { batchInputs, batchSector } from '#test/kit/batches.ts'
import { county } from '#test/kit/hazard-acts.ts'
import { hazardIn } from '#test/kit/hazard-states.ts'
import type { Builder, UnitFacts } from './world.ts'

type Step = readonly [contract: ActionContract, by: 'drafter' | 'leader', input: object]

/** A batch in every state, some begun by the office and some by the brigade that leads the sector. */
export async function fillBatches({ product, play, people, units, note }: Builder): Promise<void> {
  const { office, office2, leader } = people
  const inputs = batchInputs(() => play.today())
  const approve: Step = [l.approveBatch, 'leader', inputs.approve()]
  const order: Step = [l.orderBatch, 'leader', inputs.order()]
  const submit: Step = [l.submitBatch, 'drafter', inputs.submit]
  const ways: readonly (readonly Step[])[] = [
    [],
    [[l.voidBatch, 'drafter', inputs.reason]],
    [submit],
    [submit, approve, order],
    [submit, approve, order, [l.publishBatch, 'leader', inputs.publish()]],
  ]
  const brigade = await product.as('fire-rescue')
  for (const [at, steps] of ways.entries()) {
    const unit = units[at] as UnitFacts
    const crew = { office, office2, leader, town: office2, department: office, inspector: office2 }
    const whole = { ...crew, principal: unit.principal, worker: unit.principal }
    const hazard = await hazardIn(play, whole, unit.id, 'registered', batchSector)
    const actors: Record<Step[1], Actor> = { leader, drafter: at % 2 === 0 ? brigade : office }
    const { recordId } = await product.run(actors.drafter, l.draftBatch, { input: { year: 2026 } })
    const choose: Step = [l.chooseForBatch, 'drafter', inputs.choose([hazard.id])]
    for (const [contract, by, input] of [choose, ...steps]) {
      const batch = await loadBatch(product.product.database.db, county, recordId, false)
      await product.run(actors[by], contract, { recordId, version: batch?.version ?? 0, input })
    }
    await note()
  }
  const none = { year: 2024, reason: '经排查没有典型重大隐患' }
  await product.run(leader, l.confirmNone, { input: none })
}
