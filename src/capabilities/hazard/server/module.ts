import type { Actor } from '#kernel/grants.ts'
import type { ClockEnv } from '#platform/actions/types.ts'
import { clockedKind } from '#platform/clock/projection.ts'
import type { ExportDesk, ServerModule } from '#platform/module/module.ts'
import {
  hazardClockParameters,
  hazardErrors,
  hazardFacets,
  hazardLifecycle,
  hazardPermissions,
  hazardRungWords,
} from '../model/index.ts'
import { closingActions } from './actions/close.ts'
import { endingActions } from './actions/end.ts'
import { extendingActions } from './actions/extend.ts'
import { findingActions } from './actions/find.ts'
import { importingActions } from './actions/import.ts'
import { linkingActions } from './actions/link.ts'
import { mergingActions } from './actions/merge.ts'
import { rectifyingActions } from './actions/rectify.ts'
import { hazardClock } from './clock.ts'
import type { HazardDeps } from './deps.ts'
import { detailQuery } from './queries/detail.ts'
import { hazardQueries } from './queries/find.ts'
import { hazardDownload } from './queries/list.ts'
import { clockedHazards, hazardRecount } from './queries/recount.ts'
import { reportDownload, reportsQuery } from './queries/reports.ts'
import { hazardRecord } from './record-type.ts'
import { loadHazard } from './store.ts'

/** The hazard capability as the server registers it. */
export function hazardModule(
  deps: HazardDeps & {
    readonly county: string
    readonly systemActor: (county: string) => Actor
    /** Calendar and parameters as they stand now. */
    readonly clockEnv: ClockEnv
    readonly exports: ExportDesk
  },
): ServerModule {
  return {
    name: 'hazard',
    permissions: hazardPermissions,
    errors: Object.values(hazardErrors),
    lifecycles: [hazardLifecycle],
    actions: [
      ...findingActions(deps),
      ...endingActions(deps),
      ...mergingActions,
      ...rectifyingActions(deps),
      ...extendingActions(deps),
      ...closingActions(deps),
      ...importingActions(deps),
      ...linkingActions(deps),
    ],
    queries: [...hazardQueries(deps), detailQuery(deps), reportsQuery(deps)],
    downloads: [hazardDownload(deps, deps.exports), reportDownload(deps, deps.exports)],
    clocks: [hazardClock(deps, deps.systemActor, deps.clockEnv)],
    recounts: [hazardRecount],
    clocked: [
      clockedKind({
        county: deps.county,
        recordType: hazardRecord,
        parameters: hazardClockParameters,
        rungWords: hazardRungWords,
        standing: clockedHazards,
      }),
    ],
    recordTypes: [
      {
        type: 'hazard',
        async sight(context, id) {
          const hazard = await loadHazard(context.db, context.county, id, false)
          const facets = hazard && hazardFacets(hazard)
          if (!facets || !context.can('hazard.read', facets)) return undefined
          const originals = context.can('hazard.originals', facets)
          return { label: `隐患${hazard.number} ${hazard.unitName}`, path: `/hazards/${hazard.id}`, originals }
        },
      },
    ],
  }
}
