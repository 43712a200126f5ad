import { defineLifecycle, type Lifecycle } from '#kernel/lifecycle.ts'
import type { Unit } from './record.ts'
import { type UnitState, unitStates } from './terms.ts'

const standing: readonly UnitState[] = ['active', 'suspended']

/** The life of a unit. A closed unit keeps its history and changes no more until it is reopened. */
export const unitLifecycle: Lifecycle<UnitState, Unit> = defineLifecycle({
  record: 'unit',
  states: unitStates,
  stateOf: (unit) => unit.state,
  transitions: [
    { action: 'directory.editUnit', from: standing, to: 'same' },
    { action: 'directory.editContacts', from: standing, to: 'same' },
    { action: 'directory.setHighRisk', from: standing, to: 'same' },
    { action: 'directory.setPrincipal', from: standing, to: 'same' },
    { action: 'directory.setController', from: standing, to: 'same' },
    { action: 'directory.addPost', from: standing, to: 'same' },
    { action: 'directory.endPost', from: standing, to: 'same' },
    { action: 'directory.editPost', from: standing, to: 'same' },
    { action: 'directory.editPerson', from: standing, to: 'same' },
    { action: 'directory.suspendUnit', from: ['active'], to: 'suspended' },
    { action: 'directory.closeUnit', from: standing, to: 'closed' },
    { action: 'directory.reopenUnit', from: ['suspended', 'closed'], to: 'active' },
  ],
})
