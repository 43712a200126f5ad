import type { PermissionTable } from '#kernel/grants.ts'

export const systemPermissions: PermissionTable = {
  'system.readSettings': {
    title: '查看参数和工作日历',
    roles: {
      committeeOffice: ['scope'],
      administrator: ['scope'],
      auditor: ['scope'],
      department: ['scope'],
      town: ['scope'],
    },
  },
  'system.readPack': {
    title: '查看数据包',
    roles: { committeeOffice: ['scope'], administrator: ['scope'], auditor: ['scope'] },
  },
  'system.changeSettings': { title: '修改参数和工作日历', roles: { administrator: ['scope'] } },
  'system.audit': { title: '查看操作审计', roles: { auditor: ['scope'], administrator: ['scope'] } },
  'system.deliveries': { title: '查看和重发外部通知', roles: { administrator: ['scope'], committeeOffice: ['scope'] } },
}
