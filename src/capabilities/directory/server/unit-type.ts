import type { Lifecycle } from '#kernel/lifecycle.ts'
import type { RecordType } from '#platform/actions/types.ts'
import { versionsIn } from '#platform/actions/versions.ts'
import { type Unit, unitFacets, unitLifecycle } from '../model/index.ts'
import { loadUnit, saveUnit } from './store.ts'

/** How the runner reads and writes a unit. */
export const unitType: RecordType<Unit> = {
  type: 'unit',
  title: '单位',
  readPermission: 'directory.readUnit',
  lifecycle: unitLifecycle satisfies Lifecycle<string, Unit>,
  load: loadUnit,
  versions: versionsIn('unit'),
  save: saveUnit,
  facets: unitFacets,
  label: (unit) => unit.name,
}
