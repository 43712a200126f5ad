import type { Day } from '#kernel/time.ts'
import type { Mechanism, MechanismSource, QueryContext, Standing } from '#platform/module/module.ts'
import { yearStatus } from '../model/index.ts'
import { targetIn } from './batch/queries.ts'
import { batchFacets } from './batch/record-type.ts'
import { loadBatches } from './batch/store.ts'
import type { ListingDeps } from './deps.ts'
import { orders } from './queries/orders.ts'

const test = 'test/plan/standings.int.test.ts'
export const listingMechanisms: readonly Mechanism[] = [
  { id: 'listing:orders', title: '挂牌督办', path: '/listings', test },
  { id: 'listing:yearly', title: '年度挂牌批次', path: '/listings/batches', test },
]

/** One item a year of the plan: its list published in time or late, or somebody's word that the year has none. */
async function yearly(deps: ListingDeps, context: QueryContext, asOf: Day): Promise<Standing | undefined> {
  if (!deps.yearly || !context.holds('listing.readBatch')) return undefined
  const all = (await loadBatches(context.db, context.county)).filter((batch) =>
    context.can('listing.readBatch', batchFacets(batch)),
  )
  const standing = { met: 0, late: 0, open: 0, missed: 0 }
  let none = 0
  const open: Day[] = []
  const done: Day[] = []
  for (const year of deps.yearly.years) {
    const then = all
      .filter((batch) => batch.year === year)
      .map(({ publishedOn, state, detail }) => ({
        publishedOn: publishedOn !== null && publishedOn <= asOf ? publishedOn : null,
        state: state === 'none' && (detail.none?.on ?? asOf) > asOf ? ('drafting' as const) : state,
      }))
    const target = targetIn(context, year)
    const { status, on } = yearStatus(target, then, asOf)
    if (on) done.push(on)
    if (status === 'none') none += 1
    else if (status === 'pending') {
      standing.open += 1
      open.push(target)
    } else standing[status === 'unmet' ? 'missed' : status] += 1
  }
  return {
    id: 'listing:yearly',
    due: deps.yearly.years.length - none,
    ...standing,
    nextDue: open.sort()[0] ?? null,
    metOn: standing.open + standing.missed > 0 ? null : (done.sort().at(-1) ?? null),
    zeroConfirmed: none > 0,
    list: '/listings/batches',
  }
}

export function listingSource(deps: ListingDeps): MechanismSource {
  return {
    kind: 'listing',
    mechanisms: () => listingMechanisms,
    async standings(context, question) {
      const wanted = (id: string) => question.ids.includes(id)
      const found = [
        wanted('listing:orders') ? await orders(context, question) : undefined,
        // The yearly list is the county's, whatever the town; only bodies that may see batches are told of it.
        wanted('listing:yearly') && !question.area && !question.body
          ? await yearly(deps, context, question.asOf)
          : undefined,
      ]
      return found.filter((one) => one !== undefined)
    },
  }
}
