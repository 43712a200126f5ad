import { dayOf } from '#kernel/time.ts'
import type { Followed } from '#platform/actions/follow.ts'
import type { DeedSource } from '#platform/module/module.ts'
import type { DutyDeps } from './deps.ts'
import { besideOthers, markSource } from './store-marks.ts'
import { projectItems } from './store-projection.ts'

/** Actions on a unit after which it may have other duties: what it is, where it lies, who leads it, whether it works. */
export const unitActionsFollowed: ReadonlySet<string> = new Set([
  'directory.registerUnit',
  'directory.editUnit',
  'directory.setHighRisk',
  'directory.setPrincipal',
  'directory.setController',
  'directory.addPost',
  'directory.endPost',
  'directory.editPost',
  'directory.suspendUnit',
  'directory.closeUnit',
  'directory.reopenUnit',
])

/** Projects what is to come for the unit in the transaction that changed it; what is past stays as it was. */
export const followingUnits =
  ({ county, population }: Pick<DutyDeps, 'county' | 'population'>) =>
  async ({ tx, recordId, options }: Followed): Promise<void> => {
    await besideOthers(tx, county)
    await projectItems(tx, county, population, { unitId: recordId, floor: dayOf(options.now) })
  }

/** Days a record may lie in: nothing is counted from before there were duties, or from a day to come. */
const firstDay = '2000-01-01'

/** Counts a record of another capability in the transaction that changed it, when what was sent says that it may count. */
export const followingSource =
  (county: string, source: DeedSource, counts: (input: unknown) => boolean = () => true) =>
  async ({ tx, recordId, input, options }: Followed): Promise<void> => {
    if (!counts(input)) return
    await markSource(tx, county, source, recordId, [firstDay, dayOf(options.now)])
  }
