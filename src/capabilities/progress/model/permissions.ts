import type { PermissionTable } from '#kernel/grants.ts'

export const progressPermissions = {
  'progress.read': {
    title: '查看进展报送',
    roles: {
      committeeOffice: ['scope'],
      countyLeader: ['scope'],
      department: ['body'],
      town: ['scope', 'body'],
      inspector: ['body'],
      administrator: ['scope'],
      auditor: ['scope'],
    },
  },
  'progress.fill': { title: '填报进展', roles: { department: ['body'], town: ['body'], inspector: ['body'] } },
  'progress.endorse': { title: '审核本单位的进展报送', roles: { department: ['body'], town: ['body'] } },
  'progress.review': {
    title: '退回进展报送',
    roles: { committeeOffice: ['scope'], department: ['body'], town: ['body'] },
  },
  'progress.accept': { title: '审定、催报和更正进展报送，锁定报送期', roles: { committeeOffice: ['scope'] } },
  'progress.raise': { title: '开始报送期（系统）', roles: {} },
} as const satisfies PermissionTable
export type ProgressPermission = keyof typeof progressPermissions
