import type { ServerModule } from '#platform/module/module.ts'
import { statisticsPermissions } from '../model/index.ts'
import type { StatisticsDeps } from './counting.ts'
import { tableDownload } from './export.ts'
import { flowAnswer } from './flow.ts'
import { overviewAnswer } from './overview.ts'
import { type StandingDeps, standingSources } from './standings.ts'
import { tableAnswer } from './table.ts'

/** Numbers by area, sector, level, channel, state and month, each with the list behind it. */
export function statisticsModule(deps: StatisticsDeps & StandingDeps): ServerModule {
  return {
    name: 'statistics',
    permissions: statisticsPermissions,
    errors: [],
    queries: [overviewAnswer, tableAnswer(deps), flowAnswer(deps)],
    downloads: [tableDownload(deps)],
    mechanisms: standingSources(deps),
  }
}
