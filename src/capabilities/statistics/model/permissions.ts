import { countingPermission } from '#capabilities/hazard/model/index.ts'
import type { PermissionTable } from '#kernel/grants.ts'

/** Statistics count by area and sector, so a role reaches exactly the cells of its grant. */
export const statisticsPermissions: PermissionTable = {
  [countingPermission]: {
    title: '查看统计',
    roles: {
      committeeOffice: ['scope'],
      countyLeader: ['scope'],
      department: ['scope'],
      town: ['scope'],
      administrator: ['scope'],
      auditor: ['scope'],
    },
  },
}
