import type { PermissionTable } from '#kernel/grants.ts'

/** Accounts are managed by administrators of the area; the committee office and the auditor see who has which access. */
export const identityPermissions: PermissionTable = {
  'identity.readAccounts': {
    title: '查看账号和授权',
    roles: { administrator: ['scope'], committeeOffice: ['scope'], auditor: ['scope'] },
  },
  'identity.manageAccounts': { title: '管理账号和授权', roles: { administrator: ['scope'] } },
}
