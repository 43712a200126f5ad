import type { PermissionTable } from '#kernel/grants.ts'

/** The wall shows what the viewer may count: its numbers come from mechanisms, each behind its own grant. */
export const planPermissions = {
  'plan.read': {
    title: '查看条款墙和总结评估',
    roles: {
      committeeOffice: ['scope'],
      countyLeader: ['scope'],
      department: ['scope'],
      town: ['scope'],
      administrator: ['scope'],
      auditor: ['scope'],
    },
  },
} as const satisfies PermissionTable
