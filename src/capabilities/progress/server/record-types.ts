import type { RecordType } from '#platform/actions/types.ts'
import { versionsIn } from '#platform/actions/versions.ts'
import {
  type ProgressPeriod,
  type ProgressReturn,
  periodLifecycle,
  returnDeadlines,
  returnLifecycle,
} from '../model/index.ts'
import { loadPeriod, loadReturn, savePeriod, saveReturn } from './store.ts'

export const returnFacets = (one: ProgressReturn) => ({
  area: one.area,
  sectors: null,
  unitId: null,
  bodyIds: [one.bodyId],
})

export const returnRecord: RecordType<ProgressReturn> = {
  type: 'progressReturn',
  title: '进展报送',
  readPermission: 'progress.read',
  lifecycle: returnLifecycle,
  load: loadReturn,
  versions: versionsIn('progress_return'),
  save: saveReturn,
  facets: returnFacets,
  label: (one) => `${one.period}进展报送`,
  deadlines: returnDeadlines,
}

/** A period is the county's: who sees only their own return does not find it. */
export const periodFacets = (period: ProgressPeriod) => ({
  area: period.county,
  sectors: null,
  unitId: null,
  bodyIds: [],
})

export const periodRecord: RecordType<ProgressPeriod> = {
  type: 'progressPeriod',
  title: '报送期',
  readPermission: 'progress.read',
  lifecycle: periodLifecycle,
  load: loadPeriod,
  versions: versionsIn('progress_period'),
  save: savePeriod,
  facets: periodFacets,
  label: (period) => period.name,
}
