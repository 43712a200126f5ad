import type { PermissionTable } from '#kernel/grants.ts'

/** The committee office makes the plan's versions; leaders and those who look after the system may look on. */
export const planDocumentPermissions: PermissionTable = {
  'plandocument.see': {
    title: '查看方案文本',
    roles: { committeeOffice: ['scope'], countyLeader: ['scope'], administrator: ['scope'], auditor: ['scope'] },
  },
  'plandocument.decide': { title: '读取方案和确认建议', roles: { committeeOffice: ['scope'] } },
}
