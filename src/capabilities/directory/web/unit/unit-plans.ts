import type { ActionPlan } from '#shell/form/ActionBar.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import type { Option } from '#shell/table/types.ts'
import * as directory from '../../model/index.ts'
import { postKinds, type UnitView } from '../../model/index.ts'
import { optionsOf } from '../options.ts'
import { personFields, unitFields } from './unit-fields.ts'

const why = (label: string): FieldSpec => ({ kind: 'area', name: 'reason', label, required: true, max: 300 })
const appointment = (label: string): FieldSpec[] => [
  ...personFields('person', label),
  { kind: 'text', name: 'title', label: '职务名称', max: 40 },
  { kind: 'day', name: 'fromDay', label: '任职自' },
]

/** How each action on a unit is filled in. */
export function unitPlans(
  unit: UnitView,
  choices: { readonly places: readonly Option[]; readonly sectors: readonly Option[] },
): Record<string, ActionPlan> {
  const { name, creditCode, kind, area, sectors, scale, belonging, tags, address, contacts, position } = unit
  const facts = { name, creditCode, kind, area, sectors, scale, belonging, tags, address, contacts, position }
  const otherKinds = Object.fromEntries(
    Object.entries(postKinds).filter(([id]) => id !== 'principal' && id !== 'controller'),
  )
  return {
    'directory.editUnit': {
      contract: directory.editUnit,
      fields: unitFields({ ...choices, standing: unit.standingHazards.reduce((sum, row) => sum + row.n, 0) }),
      initial: facts,
    },
    'directory.editContacts': {
      contract: directory.editContacts,
      initial: { address, contacts, position },
      fields: unitFields(choices).filter(({ name }) => ['address', 'contacts', 'position'].includes(name)),
    },
    'directory.setPrincipal': { contract: directory.setPrincipal, fields: appointment('主要负责人') },
    'directory.setController': { contract: directory.setController, fields: appointment('实际控制人') },
    'directory.addPost': {
      contract: directory.addPost,
      fields: [
        { kind: 'select', name: 'kind', label: '职务类别', required: true, options: optionsOf(otherKinds) },
        ...appointment('人员'),
      ],
    },
    'directory.suspendUnit': { contract: directory.suspendUnit, fields: [why('停业停产的原因')] },
    'directory.closeUnit': { contract: directory.closeUnit, danger: true, fields: [why('注销关闭的原因')] },
    'directory.reopenUnit': { contract: directory.reopenUnit, primary: true, fields: [why('恢复在营的依据')] },
  }
}
