import type { Clock } from '#kernel/time.ts'
import type { ActionRunner } from '#platform/actions/runner.ts'
import { clockedKind } from '#platform/clock/projection.ts'
import type { ExportDesk, ServerModule } from '#platform/module/module.ts'
import {
  periodLifecycle,
  progressErrors,
  progressPermissions,
  returnClockParameters,
  returnLifecycle,
  returnRungWords,
} from '../model/index.ts'
import { returnActions } from './actions.ts'
import { returnClock } from './clock.ts'
import type { ProgressDeps } from './deps.ts'
import { periodActions, raisePeriods } from './periods.ts'
import { returnDownload, returnQueries, visibleReturn } from './queries.ts'
import { periodQueries, progressMechanisms } from './queries-periods.ts'
import { returnRecord } from './record-types.ts'
import { clockedReturns } from './store.ts'

export interface ProgressParts extends ProgressDeps {
  readonly exports: ExportDesk
  readonly clock: Clock
  readonly runner: () => ActionRunner
  /** False while the past of the county is still being told. */
  settled(): Promise<boolean>
}

/** 进展报送 as the server registers it. */
export function progressModule(deps: ProgressParts): ServerModule {
  return {
    name: 'progress',
    permissions: progressPermissions,
    errors: Object.values(progressErrors),
    lifecycles: [returnLifecycle, periodLifecycle],
    actions: [...returnActions(deps), ...periodActions(deps)],
    queries: [...returnQueries(deps), ...periodQueries(deps)],
    downloads: [returnDownload(deps, deps.exports)],
    clocks: [returnClock(deps)],
    clocked: [
      clockedKind({
        county: deps.county,
        recordType: returnRecord,
        parameters: returnClockParameters,
        rungWords: returnRungWords,
        standing: clockedReturns,
      }),
    ],
    mechanisms: [progressMechanisms(deps)],
    jobs: [
      {
        name: 'progress.raise',
        cron: '*/10 * * * *',
        run: async () => {
          if (!(await deps.settled())) return
          const actor = deps.systemActor(deps.county)
          await deps.runner().batch((run, tx) => raisePeriods(deps, { run, tx, actor, now: deps.clock.now() }))
        },
      },
    ],
    recordTypes: [
      {
        type: returnRecord.type,
        async sight(context, id) {
          const one = await visibleReturn(context, id)
          return (
            one && {
              label: `${deps.directory.bodyName(deps.county, one.bodyId)} ${one.period}进展报送`,
              path: `/progress/${id}`,
            }
          )
        },
      },
    ],
  }
}
