import type { PermissionTable } from '#kernel/grants.ts'

/** Everybody signed in reads the library; who decides on closing in the county also keeps what is decided by. */
export const criteriaPermissions: PermissionTable = {
  'criteria.manage': {
    title: '登记和修改判定标准',
    roles: { administrator: ['scope'], committeeOffice: ['scope'] },
  },
}
