import { systemActor } from '#apps/server/modules.ts'
import { raisePeriods } from '#capabilities/progress/server/periods.ts'
import { raisePlan } from '#capabilities/task/server/raising.ts'
import { createFiring } from '#platform/clock/firing.ts'
import type { TestProduct } from './product.ts'

/** What the plan's jobs do at the moment the test's clock shows; answers how much was new. */
export async function raiseAll({ product, clock }: TestProduct): Promise<number> {
  const { county, runner, modules, pack, environment, files } = product
  const { directory } = modules
  const actor = systemActor(county)
  const mechanisms = () => modules.all.flatMap((module) => module.mechanisms ?? [])
  const shared = { county, directory, mechanisms }
  const task = {
    ...shared,
    files,
    plan: pack.tasks,
    planIssuedOn: pack.manifest.issuedOn,
    stages: pack.manifest.stages,
  }
  const progress = { ...shared, environment, returns: pack.returns, systemActor }
  return runner.batch(async (run, tx) => {
    const raising = { run, tx, actor, now: clock.now() }
    return (await raisePlan(task, raising)) + (await raisePeriods(progress, raising))
  })
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
