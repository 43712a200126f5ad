import type { PermissionTable } from '#kernel/grants.ts'

export const taskPermissions = {
  'task.read': {
    title: '查看任务和备案',
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
  'task.issue': { title: '下达、审核任务和备案', roles: { committeeOffice: ['scope'] } },
  'task.handle': {
    title: '签收、办理任务和报送备案',
    roles: { committeeOffice: ['body'], department: ['body'], town: ['body'], inspector: ['body'] },
  },
  'task.readMeetings': {
    title: '查看会议和学习记录',
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
  'task.recordMeeting': {
    title: '登记会议和学习记录',
    roles: {
      committeeOffice: ['scope'],
      countyLeader: ['body'],
      department: ['body'],
      town: ['body'],
      inspector: ['body'],
    },
  },
  'task.editChain': { title: '编辑“一件事”责任链', roles: { committeeOffice: ['scope'], department: ['body'] } },
  'task.raise': { title: '按方案下达任务（系统）', roles: {} },
} as const satisfies PermissionTable
export type TaskPermission = keyof typeof taskPermissions
