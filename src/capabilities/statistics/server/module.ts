import type { ServerModule } from '#platform/module/module.ts'
import { statisticsPermissions } from '../model/index.ts'
import { type StatisticsDeps, statisticsQueries } from './queries.ts'

/** Numbers by area, sector, level, channel, state and month, each with the list behind it. */
export function statisticsModule(deps: StatisticsDeps): ServerModule {
  return { name: 'statistics', permissions: statisticsPermissions, errors: [], queries: statisticsQueries(deps) }
}
