import type { Facets } from '#kernel/grants.ts'
import type { RecordType } from '#platform/actions/types.ts'
import { versionsIn } from '#platform/actions/versions.ts'
import {
  type DutyBook,
  deedLifecycle,
  type Exemption,
  exemptionLifecycle,
  type RuleRecord,
  type VerifiableDeed,
  verifiersOf,
} from '../model/index.ts'
import { loadDeed, loadExemption, loadRule, saveDeed, saveExemption, saveRule } from './store.ts'
import { markDeed } from './store-marks.ts'

interface Sides {
  readonly area: string
  readonly sectors: readonly string[]
  readonly unitId: string | null
  readonly bodyId: string | null
}

/** The sides of an item, a deed or an exemption that a grant looks at. */
export const sidesOf = ({ area, sectors, unitId, bodyId }: Sides): Facets => ({
  area,
  sectors,
  unitId,
  bodyIds: bodyId ? [bodyId] : [],
})

export const deedType = (book: DutyBook): RecordType<VerifiableDeed> => ({
  type: 'dutyDeed',
  title: '履责记录',
  readPermission: 'duty.read',
  lifecycle: deedLifecycle,
  async load(tx, county, id, lock) {
    const deed = await loadDeed(tx, county, id, lock)
    if (!deed) return undefined
    const form = book.forms.get(deed.form)
    return { ...deed, verifiers: form ? verifiersOf(form) : [] }
  },
  versions: versionsIn('duty_deed'),
  async save(tx, after) {
    await saveDeed(tx, after)
    await markDeed(tx, after.county, after.id)
  },
  facets: sidesOf,
  label: (deed) => `${book.forms.get(deed.form)?.title ?? deed.form} ${deed.subjectName}`,
})

export const exemptionType: RecordType<Exemption> = {
  type: 'dutyExemption',
  title: '职责豁免',
  readPermission: 'duty.read',
  lifecycle: exemptionLifecycle,
  load: loadExemption,
  versions: versionsIn('duty_exemption'),
  save: saveExemption,
  facets: sidesOf,
  label: (exemption) => exemption.subjectName,
}

/** A rule is a matter of the whole county, and no secret of it. */
export const ruleType: RecordType<RuleRecord> = {
  type: 'dutyRule',
  title: '职责规则',
  readPermission: 'duty.administer',
  load: loadRule,
  versions: versionsIn('duty_rule'),
  save: saveRule,
  facets: ({ county }) => ({ area: county, sectors: null, unitId: null, bodyIds: [] }),
  label: ({ title }) => title,
}
