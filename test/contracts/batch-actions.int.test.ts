import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type BatchState,
  batchContracts,
  batchLifecycle,
  batchStateIds,
  chooseForBatch,
  confirmNone,
  draftBatch,
  type ListingBatch,
  voidBatch,
} from '#capabilities/listing/model/index.ts'
import { batchFacets } from '#capabilities/listing/server/batch/record-type.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { testActions } from '#test/kit/action-matrix.ts'
import { type BatchStage, batchStage } from '#test/kit/batches.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'

let product: TestProduct
let stage: BatchStage
let free: string
let otherDepartment: Actor
const inState = new Map<BatchState, ListingBatch>()

async function none(): Promise<string> {
  const recordId = stage.fresh()
  await product.run(stage.leader, confirmNone, { recordId, input: { year: 2024, reason: '经排查没有典型重大隐患' } })
  return recordId
}

async function voided(): Promise<string> {
  const id = await stage.drafted()
  await stage.act(stage.drafter, id, voidBatch, stage.inputs.reason)
  return id
}

beforeAll(async () => {
  product = await openTestProduct('2026-06-01T09:00:00')
  stage = await batchStage(product)
  const { chosen, submitted, approved, published } = stage
  const ways: Record<BatchState, () => Promise<string>> = {
    drafting: chosen,
    submitted,
    approved,
    published,
    none,
    voided,
  }
  for (const state of batchStateIds) inState.set(state, await stage.stored(await ways[state]()))
  free = await stage.hazard()
  otherDepartment = await product.as('emergency-management')
}, 180_000)
afterAll(() => product?.close())

const at = (state: BatchState): ListingBatch => {
  const batch = inState.get(state)
  if (batch?.state !== state) throw new Error(`no batch in ${state}`)
  return batch
}

testActions<BatchState, ListingBatch>({
  lifecycle: batchLifecycle,
  states: batchStateIds,
  contracts: batchContracts,
  readPermission: 'listing.readBatch',
  inputs: {
    'listing.chooseForBatch': () => stage.inputs.choose([free]),
    'listing.dropFromBatch': (batch) => ({ hazardId: batch.items[0]?.hazardId ?? free }),
    'listing.submitBatch': () => stage.inputs.submit,
    'listing.voidBatch': () => stage.inputs.reason,
    'listing.takeBackBatch': () => stage.inputs.reason,
    'listing.approveBatch': () => stage.inputs.approve(),
    'listing.returnBatch': () => stage.inputs.reason,
    'listing.orderBatch': () => stage.inputs.order(),
    'listing.publishBatch': () => stage.inputs.publish(),
    'listing.revokeNone': () => stage.inputs.reason,
  },
  facets: batchFacets,
  product: () => product,
  at,
  people: () => ({ ...stage.people }),
  strangers: () => ({
    otherDepartment,
    town: stage.town,
    unit: stage.principal,
    otherCounty: { ...stage.office, county: '341722' },
    nobody: { county: product.product.county, accountId: newId(0), personId: null, name: '无授权', grants: [] },
  }),
  stored: (id) => stage.stored(id),
})

test('a batch is begun by who leads the sector or the committee office, and by nobody else', async () => {
  const begin = (actor: Actor) =>
    refusalOf(product.run(actor, draftBatch, { recordId: stage.fresh(), input: { year: 2026 } }))
  for (const actor of [otherDepartment, stage.town, stage.principal, stage.auditor, stage.leader, stage.inspector]) {
    expect(await begin(actor), actor.name).toBe('core.notAllowed')
  }
  expect(await begin(stage.office)).toBe('accepted')
})

test('what a batch does to its hazards has no door of its own', () => {
  const actions = product.product.modules.all.flatMap((module) => module.actions ?? [])
  const inBatch = actions.filter(({ contract }) => contract.id.endsWith('InBatch'))
  expect(inBatch.map(({ contract }) => [contract.id, contract.internal])).toEqual([
    ['listing.proposeInBatch', true],
    ['listing.approveInBatch', true],
    ['listing.rejectInBatch', true],
    ['listing.withdrawInBatch', true],
  ])
})

test('another body drafts no further what the brigade began, and the same choice sent again is made once', async () => {
  const id = await stage.drafted()
  const choice = stage.inputs.choose([await stage.hazard()])
  expect(await refusalOf(stage.act(stage.office, id, chooseForBatch, choice))).toBe('listing.onlyDrafter')
  const { version } = await stage.stored(id)
  const call = { actionId: stage.fresh(), recordId: id, version, input: choice }
  const first = await product.run(stage.drafter, chooseForBatch, call)
  expect(await product.run(stage.drafter, chooseForBatch, call)).toEqual({ ...first, replayed: true })
  expect((await stage.stored(id)).items).toHaveLength(1)
})
