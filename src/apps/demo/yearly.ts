import type { z } from 'zod'
import * as listing from '#capabilities/listing/model/index.ts'
import { loadBatch } from '#capabilities/listing/server/batch/store.ts'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { addDays, type Day } from '#kernel/time.ts'
import type { BatchRun } from '#platform/actions/runner.ts'
import type { Tx } from '#platform/db/tables.ts'
import { at } from './days.ts'
import { demoId } from './ids.ts'
import { carryOn } from './play.ts'
import type { Teller, Thing } from './teller.ts'

/** Days of a year's batch; a day that is missing has not come yet. */
interface YearPlan {
  readonly drafted: Day
  readonly approved: Day
  readonly ordered?: Day
  readonly published?: Day
}

/**
 * How the county did: the first list came late, the second in time, and the third has been decided by a meeting but is
 * not published, with its day already over.
 */
const plans: Readonly<Record<number, YearPlan>> = {
  2024: { drafted: '2024-11-18', approved: '2024-12-24', ordered: '2025-01-08', published: '2025-01-15' },
  2025: { drafted: '2025-05-19', approved: '2025-05-27', ordered: '2025-06-04', published: '2025-06-10' },
  2026: { drafted: '2026-09-07', approved: '2026-09-22' },
}

interface Telling {
  readonly run: BatchRun
  readonly tx: Tx
  readonly county: string
  readonly now: Date
  /** Of the fire brigade, which leads the sector. */
  readonly drafter: Actor
  readonly leader: Actor
}

/** One year's batch over the hazards of these stories, and then what became of each of them. */
export async function tellYear(telling: Telling, year: number, tellers: readonly Teller[]): Promise<void> {
  const plan = plans[year]
  if (!plan || tellers.length === 0) return
  const { drafter, leader } = telling
  const batch: Thing = { id: demoId(`yearly ${year}`, at(plan.drafted, 0, telling.now)), version: 0 }
  const act = actsOn(telling, year, batch)
  await meet(tellers, addDays(plan.drafted, -1))
  await act(drafter, listing.draftBatch, { year, note: '' }, plan.drafted)
  const hazardIds = tellers.map((teller) => teller.hazard.id)
  const why = '久拖不改，人员密集，一旦起火后果严重'
  await act(drafter, listing.chooseForBatch, { hazardIds, why }, plan.drafted)
  await act(drafter, listing.submitBatch, { statement: '年度典型重大火灾隐患，提请县政府审定' }, plan.drafted)
  await act(
    leader,
    listing.approveBatch,
    {
      meeting: '县政府常务会议（演示）',
      meetingOn: plan.approved,
      document: `青政办〔${plan.approved.slice(0, 4)}〕${year % 100}号（演示）`,
      opinion: '同意挂牌督办，限期整改销案',
    },
    plan.approved,
  )
  if (plan.ordered && plan.published) await publish(telling, plan.ordered, plan.published, act, batch, tellers)
  for (const teller of tellers) await carryOn(teller)
}

type Act = <I extends z.ZodType>(
  actor: Actor,
  contract: ActionContract<I>,
  input: z.input<I>,
  day: Day,
) => Promise<void>

/** Every step at its own time; told again it repeats the same actions. */
function actsOn({ run, now }: Telling, year: number, batch: Thing): Act {
  let step = 0
  return async (actor, contract, input, day) => {
    step += 1
    const then = at(day, step, now)
    const ids = { actionId: demoId(`yearly ${year} step ${step}`, then), recordId: batch.id }
    const version = contract.creates ? {} : { version: batch.version }
    batch.version = (await run(actor, contract.id, { ...ids, ...version, input }, { now: then })).version
  }
}

/** The stories have come to the day; what was due before and not done was overdue by then. */
async function meet(tellers: readonly Teller[], day: Day): Promise<void> {
  for (const teller of tellers) {
    if (teller.day < day) teller.day = day
    await teller.passDeadline()
  }
}

const allowedDays = 120

async function publish(
  { tx, county, leader }: Telling,
  ordered: Day,
  published: Day,
  act: Act,
  batch: Thing,
  tellers: readonly Teller[],
): Promise<void> {
  await act(
    leader,
    listing.orderBatch,
    {
      document: `青政督〔${ordered.slice(0, 4)}〕1号（演示）`,
      requirements: '制定整改方案，落实五落实，整改期间专人值守、每周报告进展',
      dueOn: addDays(ordered, allowedDays),
      release: '由责任单位申请销案，经现场复查合格、挂牌机关审批销号后摘牌销案',
    },
    ordered,
  )
  await act(leader, listing.publishBatch, { on: published, where: '县政府门户网站（演示）' }, published)
  const items = (await loadBatch(tx, county, batch.id, false))?.items ?? []
  for (const teller of tellers) {
    const listingId = items.find(({ hazardId }) => hazardId === teller.hazard.id)?.listingId
    if (!listingId) throw new Error(`${batch.id} did not list ${teller.hazard.id}`)
    // Proposed, approved, ordered and publicised by the batch; the order changed the hazard too.
    teller.listing = { id: listingId, version: 4 }
    teller.hazard.version += 1
    teller.due = addDays(ordered, allowedDays)
    teller.day = published
  }
}
