import * as l from '#capabilities/listing/model/index.ts'
import { type BatchStage, batchSector, batchStage } from '#test/kit/batches.ts'
import { county } from '#test/kit/hazard-acts.ts'
import type { Driver, Sample, Stage } from './stage.ts'

const opened = new WeakMap<Stage, Promise<BatchStage>>()

function batches(stage: Stage): Promise<BatchStage> {
  const known = opened.get(stage) ?? batchStage(stage.product)
  opened.set(stage, known)
  return known
}

const sidesOf = (bodies: readonly (string | null)[]): Sample['sides'] => {
  return { area: county, sectors: [batchSector], unitId: null, bodies }
}

type By = keyof BatchStage['people']

/** A batch made for one sample, and who acts on it with what. */
const onBatch =
  (
    by: By,
    make: (of: BatchStage) => Promise<string>,
    input: (of: BatchStage, batch: l.ListingBatch) => object | Promise<object>,
  ) =>
  async (stage: Stage): Promise<Sample> => {
    const of = await batches(stage)
    const batch = await of.stored(await make(of))
    return {
      by: of.people[by],
      on: { recordId: batch.id, version: batch.version },
      input: await input(of, batch),
      sides: sidesOf([batch.drafterBodyId, batch.listingBodyId]),
    }
  }

async function draft(stage: Stage): Promise<Sample> {
  return { by: (await batches(stage)).drafter, input: { year: 2026 }, sides: sidesOf([]) }
}

const none = { year: 2024, reason: '经排查没有典型重大隐患' }

async function confirm(stage: Stage): Promise<Sample> {
  return { by: (await batches(stage)).leader, input: none, sides: sidesOf([]) }
}

async function confirmed(stage: Stage): Promise<string> {
  const { leader } = await batches(stage)
  const { recordId } = await stage.product.run(leader, l.confirmNone, { input: { ...none, year: 2023 } })
  return recordId
}

const reason = (of: BatchStage) => of.inputs.reason

/** Every state is walked through in batch-actions.int.test.ts beside this. */
export const batchDriver: Driver = {
  record: 'listingBatch',
  read: 'listing.readBatch',
  samples: {
    'listing.draftBatch': draft,
    'listing.chooseForBatch': onBatch(
      'drafter',
      ({ drafted }) => drafted(),
      async ({ inputs, hazard }) => inputs.choose([await hazard()]),
    ),
    'listing.dropFromBatch': onBatch(
      'drafter',
      ({ chosen }) => chosen(),
      (_, { items }) => ({
        hazardId: items[0]?.hazardId,
      }),
    ),
    'listing.submitBatch': onBatch(
      'drafter',
      ({ chosen }) => chosen(),
      ({ inputs }) => inputs.submit,
    ),
    'listing.takeBackBatch': onBatch('drafter', ({ submitted }) => submitted(), reason),
    'listing.approveBatch': onBatch(
      'leader',
      ({ submitted }) => submitted(),
      ({ inputs }) => inputs.approve(),
    ),
    'listing.returnBatch': onBatch('leader', ({ submitted }) => submitted(), reason),
    'listing.orderBatch': onBatch(
      'leader',
      ({ approved }) => approved(),
      ({ inputs }) => inputs.order(),
    ),
    'listing.publishBatch': onBatch(
      'leader',
      ({ ordered }) => ordered(),
      ({ inputs }) => inputs.publish(),
    ),
    'listing.voidBatch': onBatch('drafter', ({ drafted }) => drafted(), reason),
    'listing.confirmNone': confirm,
    'listing.revokeNone': async (stage) => onBatch('leader', () => confirmed(stage), reason)(stage),
  },
}
