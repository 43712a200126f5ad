import { type ErrorDef, refuse } from '#kernel/errors.ts'
import type { RecordType } from '#platform/actions/types.ts'
import { criteriaErrors, type StandardRecord, standardIn } from '../model/index.ts'
import { loadStandard, saveStandard } from './store.ts'

export const standardType: RecordType<StandardRecord> = {
  type: 'standard',
  title: '判定标准',
  readPermission: 'session',
  load: loadStandard,
  save: saveStandard,
  facets: (record) => ({ area: record.county, sectors: null, unitId: null, bodyIds: [] }),
  label: (record) => standardIn(record).title,
}

/** Refuses with the words at the field of the form they are about. */
export const refuseAt = (def: ErrorDef, path: string, detail: string = def.message): never =>
  refuse(def, { detail, fields: [{ path, message: detail }] })

export function refuseWithdrawn({ withdrawn }: StandardRecord): void {
  if (withdrawn !== null) refuse(criteriaErrors.standardWithdrawn)
}
