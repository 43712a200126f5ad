import type { PermissionTable } from '#kernel/grants.ts'

export const listingPermissions: PermissionTable = {
  'listing.read': {
    title: '查看挂牌督办',
    roles: {
      committeeOffice: ['scope'],
      countyLeader: ['scope'],
      department: ['scope', 'body'],
      town: ['scope'],
      unitPrincipal: ['scope'],
      inspector: ['scope'],
      administrator: ['scope'],
      auditor: ['scope'],
    },
  },
  'listing.propose': {
    title: '提请挂牌督办',
    roles: { committeeOffice: ['scope'], department: ['scope', 'body'], town: ['scope'] },
  },
  'listing.withdraw': {
    title: '撤回挂牌督办',
    roles: { committeeOffice: ['scope'], countyLeader: ['scope'], department: ['scope', 'body'], town: ['scope'] },
  },
  'listing.approve': { title: '批准挂牌督办', roles: { countyLeader: ['scope'], committeeOffice: ['scope'] } },
  'listing.order': { title: '下达、公示和摘牌', roles: { committeeOffice: ['scope'], countyLeader: ['scope'] } },
}
