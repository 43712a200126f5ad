import { systemActor } from '#apps/server/modules.ts'
import { createFiring } from '#platform/clock/firing.ts'
import type { TestProduct } from './product.ts'

/** What the plan's jobs do at the moment the test's clock shows; answers how much was new. */
export function raiseAll({ product, clock }: TestProduct): Promise<number> {
  const actor = systemActor(product.county)
  return product.runner.batch((run, tx) => product.modules.raise({ run, tx, actor, now: clock.now() }))
}

/** Lets the clocks fire at noon of a day. */
export async function fireOn(test: TestProduct, day: string): Promise<void> {
  test.clock.set(`${day}T12:00:00`)
  const { county, runner, modules } = test.product
  const handlers = modules.all.flatMap((module) => module.clocks ?? [])
  const failures: unknown[] = []
  const firing = createFiring({ county, runner, handlers, onError: (error) => failures.push(error) })
  await firing.fireDue(test.clock.now())
  if (failures.length > 0) throw failures[0]
}
