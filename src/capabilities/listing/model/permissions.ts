import type { PermissionTable } from '#kernel/grants.ts'

export const listingPermissions = {
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
  'listing.order': {
    title: '下达、公示和摘牌销案',
    roles: { committeeOffice: ['scope'], countyLeader: ['scope'] },
  },
  'listing.askEnd': {
    title: '申请销案',
    roles: {
      committeeOffice: ['scope'],
      department: ['scope', 'body'],
      town: ['scope'],
      unitPrincipal: ['scope'],
    },
  },
  'listing.readBatch': {
    title: '查看年度挂牌批次',
    roles: {
      committeeOffice: ['scope'],
      countyLeader: ['scope'],
      department: ['scope', 'body'],
      administrator: ['scope'],
      auditor: ['scope'],
    },
  },
  'listing.draftBatch': {
    title: '拟定年度挂牌批次',
    // Not by body: a batch is made in the drafter's name, and so would lie in the reach of whoever makes it.
    roles: { committeeOffice: ['scope'], department: ['scope'] },
  },
  'listing.follow': { title: '随隐患变动（系统）', roles: {} },
} as const satisfies PermissionTable
export type ListingPermission = keyof typeof listingPermissions
