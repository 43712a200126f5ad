import type { PermissionTable } from '#kernel/grants.ts'

export const dutyPermissions = {
  'duty.read': {
    title: '查看履责情况',
    roles: {
      committeeOffice: ['scope'],
      countyLeader: ['scope'],
      department: ['scope', 'body'],
      town: ['scope', 'body'],
      inspector: ['scope', 'body'],
      unitPrincipal: ['scope'],
      administrator: ['scope'],
      auditor: ['scope'],
    },
  },
  'duty.record': {
    title: '填报履责记录',
    roles: {
      committeeOffice: ['scope'],
      countyLeader: ['scope', 'body'],
      department: ['scope', 'body'],
      town: ['scope', 'body'],
      unitPrincipal: ['scope'],
    },
  },
  'duty.verify': {
    title: '核验履责记录',
    roles: { committeeOffice: ['scope'], countyLeader: ['scope'], department: ['scope', 'body'], town: ['scope'] },
  },
  'duty.exempt': { title: '豁免职责', roles: { committeeOffice: ['scope'] } },
  'duty.administer': { title: '调整职责规则', roles: { committeeOffice: ['scope'] } },
} as const satisfies PermissionTable
export type DutyPermission = keyof typeof dutyPermissions
