import type { PermissionTable } from '#kernel/grants.ts'

/** The widest circle for each; which of them a ledger lets do a step, its definition says. */
export const ledgerPermissions = {
  'ledger.read': {
    title: '查看台账',
    roles: {
      committeeOffice: ['scope'],
      countyLeader: ['scope'],
      department: ['scope', 'body'],
      town: ['scope'],
      inspector: ['scope'],
      unitPrincipal: ['scope'],
      unitWorker: ['scope'],
      administrator: ['scope'],
      auditor: ['scope'],
    },
  },
  'ledger.keep': {
    title: '登记和办理台账事项',
    roles: {
      committeeOffice: ['scope'],
      department: ['scope', 'body'],
      town: ['scope'],
      inspector: ['scope'],
      unitPrincipal: ['scope'],
    },
  },
  'ledger.import': {
    title: '导入台账',
    // The sheet is the caller's own upload; what each row may become is asked of `ledger.keep` row by row.
    roles: { committeeOffice: ['own'], department: ['own'], town: ['own'] },
  },
  'ledger.confirmZero': {
    title: '确认台账为零',
    roles: { committeeOffice: ['scope'], department: ['scope', 'body'], town: ['scope'] },
  },
  'ledger.freeze': { title: '冻结台账存量', roles: { committeeOffice: ['scope'] } },
} as const satisfies PermissionTable
export type LedgerPermission = keyof typeof ledgerPermissions
