import type { Directory } from '#capabilities/directory/model/index.ts'
import { populationRows } from '#capabilities/directory/server/store-population.ts'
import { type DutyBook, dutyBook } from '#capabilities/duty/model/index.ts'
import { type Advance, advanceDuties } from '#capabilities/duty/server/advance.ts'
import type { DutyDeps } from '#capabilities/duty/server/deps.ts'
import { followingSource, followingUnits, unitActionsFollowed } from '#capabilities/duty/server/follow.ts'
import { dutyModule } from '#capabilities/duty/server/module.ts'
import { type Clock, dayOf } from '#kernel/time.ts'
import { followed } from '#platform/actions/follow.ts'
import type { Db, Reader } from '#platform/db/tables.ts'
import type { Files } from '#platform/files/files.ts'
import type { DeedSource, ExportDesk, ServerModule } from '#platform/module/module.ts'
import type { Environment } from '#platform/parameters/environment.ts'
import type { Pack } from '../packs/read.ts'
import { deedSources, unitSelfCheck, yearlyBatch } from './queries/deed-sources.ts'

interface Counting {
  readonly source: DeedSource
  readonly after: ReadonlySet<string>
  /** Whether what was sent can make a record count at all, where that can be told without asking the database. */
  readonly counts?: (input: unknown) => boolean
}

/** Findings come in by the thousand, and what somebody else found is no check of the unit's own. */
const ofSelfCheck = (input: unknown) =>
  typeof input === 'object' && input !== null && 'channel' in input && input.channel === 'selfCheck'

/** Records by which duties are fulfilled, and the actions after which one of them may count or count no more. */
const counting: readonly Counting[] = [
  { source: unitSelfCheck, after: new Set(['hazard.report', 'hazard.addReport']), counts: ofSelfCheck },
  {
    source: yearlyBatch,
    after: new Set(['listing.publishBatch', 'listing.confirmNone', 'listing.revokeNone', 'listing.voidBatch']),
  },
]

export interface DutyParts {
  readonly db: Db
  readonly county: string
  readonly pack: Pick<Pack, 'duties'>
  readonly clock: Clock
  readonly environment: Environment
  readonly files: Files
  readonly directory: Directory<Reader>
  readonly exports: ExportDesk
}

export interface DutyCapability {
  readonly module: ServerModule
  readonly deps: DutyDeps
  readonly book: DutyBook
  /** Projects everything now, as the job does; for tests, demo data and benches. */
  advance(how: Pick<Advance, 'full' | 'count' | 'together' | 'signal'>): Promise<void>
}

export function dutyCapability(parts: DutyParts): DutyCapability {
  const { db, county, clock, environment, files, directory, exports } = parts
  const book = dutyBook(parts.pack.duties)
  const deps: DutyDeps = {
    county,
    directory,
    population: populationRows,
    files,
    book,
    sources: deedSources,
    environment,
  }
  return {
    module: dutyModule({ ...deps, db, clock, exports }),
    deps,
    book,
    async advance(how) {
      const now = clock.now()
      await advanceDuties(deps, { db, now, today: dayOf(now), ...how })
    },
  }
}

/** Lets duties hear of what changes whose they are, and of records that fulfil them, in the transaction of the action. */
export function withDuties(modules: readonly ServerModule[], { deps }: DutyCapability): ServerModule[] {
  const units = followingUnits(deps)
  return modules.map((module) => ({
    ...module,
    actions: (module.actions ?? []).map((action) => {
      const { id } = action.contract
      const heard = counting
        .filter(({ after }) => after.has(id))
        .map(({ source, counts }) => followingSource(deps.county, source, counts))
      if (unitActionsFollowed.has(id)) heard.push(units)
      return heard.reduce((inner, follow) => followed(inner, follow), action)
    }),
  }))
}
