import { dayOf } from '#kernel/time.ts'
import type { Product } from '../../server/product.ts'
import { readSeed } from '../store.ts'
import { areDeedsTold, markDeedsTold, tellDeeds } from './store-duties.ts'

/** What was done for duties since 2024, kept and missed; told once, when all units are there. */
export async function seedDuties({ database, county, modules }: Product, signal: AbortSignal): Promise<void> {
  const { db } = database
  const state = await readSeed(db, county)
  if (!state || signal.aborted || (await areDeedsTold(db, county))) return
  const { duties } = modules
  await duties.advance(false)
  const verified = [...duties.book.forms.values()].filter(({ verify }) => verify).map(({ id }) => id)
  await tellDeeds(db, county, dayOf(new Date(state.now)), verified)
  await duties.advance(true)
  await markDeedsTold(db, county)
}
