import { dayOf } from '#kernel/time.ts'
import type { Product } from '../../server/product.ts'
import { tellDeeds } from './store-duties.ts'

/** What was done for duties since 2024, kept and missed. */
export async function seedDuties(
  { database, county, modules }: Product,
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  const { duties } = modules
  // Nothing has been done for them yet: counting can wait until it has.
  await duties.advance({ count: false, signal })
  if (signal.aborted) return
  const verified = [...duties.book.forms.values()].filter(({ verify }) => verify).map(({ id }) => id)
  await tellDeeds(database.db, county, dayOf(now), verified)
  await duties.advance({ full: true, signal })
}
