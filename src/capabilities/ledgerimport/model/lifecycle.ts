import type { PermissionTable } from '#kernel/grants.ts'
import { defineLifecycle, type Lifecycle } from '#kernel/lifecycle.ts'
import { type ImportState, importStates, type LedgerImport } from './record.ts'

/** An import can be paused and taken up again; a finished one with rows left over can be corrected and run once more. */
export const ledgerImportLifecycle: Lifecycle<ImportState, LedgerImport> = defineLifecycle({
  record: 'ledgerImport',
  states: importStates,
  stateOf: (record) => record.state,
  transitions: [
    { action: 'ledgerimport.map', from: ['preparing', 'cancelled', 'done'], to: 'same' },
    { action: 'ledgerimport.header', from: ['preparing', 'cancelled', 'done'], to: 'same' },
    { action: 'ledgerimport.correct', from: ['preparing', 'cancelled', 'done'], to: 'same' },
    { action: 'ledgerimport.run', from: ['preparing', 'cancelled', 'done'], to: 'running' },
    { action: 'ledgerimport.cancel', from: ['running'], to: 'cancelled' },
    { action: 'ledgerimport.finish', from: ['running'], to: 'done' },
  ],
})

/** An import belongs to the account that started it; each of its rows needs the right to register that hazard besides. */
export const ledgerImportPermissions: PermissionTable = {
  'ledgerimport.use': {
    title: '导入隐患台账',
    roles: { committeeOffice: ['own'], department: ['own'], town: ['own'] },
  },
}
