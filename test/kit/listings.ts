import * as l from '#capabilities/listing/model/index.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { addDays, type Day } from '#kernel/time.ts'
import type { HazardStage, Tale } from './hazard-stage.ts'
import type { TestProduct } from './product.ts'

/** One listing that remembers its version, with the hazard it is about. */
export interface ListingTale {
  readonly id: string
  readonly hazard: Tale
  act(actor: Actor, contract: ActionContract, input: object): Promise<void>
  view(actor: Actor): Promise<l.ListingDetailView>
}

export const opinion = { opinion: '同意县级挂牌督办' }

export const orderInput = (today: Day, dueOn = addDays(today, 30)) => ({
  document: '青政督〔2026〕1号',
  name: '红星机械厂重大事故隐患挂牌督办',
  matters: '电焊工没有特种作业操作证',
  requirements: '停止无证作业，限期整改',
  dueOn,
  release: '现场核查后报挂牌机关摘牌销案',
  supervisingBodyId: 'emergency-management',
})

/** The ways a listing takes; every step is a real action. `lister` approves, and so the listing belongs to its body. */
export function listingStage(test: TestProduct, stage: HazardStage, lister: Actor) {
  async function proposed(by = stage.department, level: 'county' | 'city' = 'county', on?: Tale): Promise<ListingTale> {
    const hazard = on ?? (await stage.found(stage.inspector, { judgement: stage.major }))
    const id = newId(test.clock.now().getTime())
    const document = level === 'city' ? '池安〔2026〕1号' : ''
    const input = { hazardId: hazard.id, level, reason: '危害较大，整改难度大', document }
    let { version } = await test.run(by, l.proposeListing, { recordId: id, input })
    const view = async (actor: Actor) => {
      const seen = await test.ask(actor, l.getListing, { id })
      version = seen.version
      return seen
    }
    const act = async (actor: Actor, contract: ActionContract, given: object) => {
      version = (await test.run(actor, contract, { recordId: id, version, input: given })).version
    }
    return { id, hazard, act, view }
  }

  async function approved(...args: Parameters<typeof proposed>): Promise<ListingTale> {
    const tale = await proposed(...args)
    await tale.act(lister, l.approveListing, opinion)
    return tale
  }

  async function ordered(on?: Tale): Promise<ListingTale> {
    const tale = await approved(stage.department, 'county', on)
    await tale.act(lister, l.orderListing, orderInput(stage.today()))
    if (on) await on.view(stage.office)
    return tale
  }

  const publicise = (tale: ListingTale) =>
    tale.act(lister, l.publiciseListing, { on: stage.today(), where: '县政府门户网站' })

  /** Ordered and publicised, and its hazard closed since: what is left is to end the listing. */
  async function closed(): Promise<ListingTale> {
    const hazard = await stage.found(stage.inspector, { judgement: stage.major })
    await stage.underway(hazard)
    const tale = await ordered(hazard)
    await publicise(tale)
    await stage.applied(hazard)
    await stage.reviewed(hazard)
    await stage.approved(hazard, lister)
    await tale.view(lister)
    return tale
  }

  return { proposed, approved, ordered, publicise, closed }
}

export type ListingStage = ReturnType<typeof listingStage>
