import type { WebModule } from '#shell/router/module.ts'

const permission = 'task.read'
const ofMeetings = 'task.readMeetings'

/** 任务, 备案, 会议, 责任链, 阶段: what the plan asks of whom, and how it stands. */
export const taskWeb: WebModule = {
  id: 'task',
  routes: [
    {
      path: '/stages',
      title: '阶段进度',
      component: () => import('./StagesPage.tsx'),
      permission,
      menu: { group: 'plan', label: '阶段', order: 20 },
    },
    {
      path: '/tasks',
      title: '任务',
      component: () => import('./TaskListPage.tsx'),
      permission,
      menu: { group: 'plan', label: '任务', order: 30 },
    },
    { path: '/tasks/new', title: '交办任务', component: () => import('./TaskNewPage.tsx'), permission: 'task.issue' },
    { path: '/tasks/$id', title: '任务', component: () => import('./TaskPage.tsx'), permission },
    {
      path: '/filings',
      title: '备案',
      component: () => import('./FilingListPage.tsx'),
      permission,
      menu: { group: 'plan', label: '备案', order: 40 },
    },
    { path: '/filings/$id', title: '备案', component: () => import('./TaskPage.tsx'), permission },
    {
      path: '/meetings',
      title: '会议和学习',
      component: () => import('./meeting/MeetingListPage.tsx'),
      permission: ofMeetings,
      menu: { group: 'plan', label: '会议', order: 60 },
    },
    {
      path: '/meetings/new',
      title: '登记会议、学习',
      component: () => import('./meeting/MeetingNewPage.tsx'),
      permission: 'task.recordMeeting',
    },
    {
      path: '/meetings/$id',
      title: '会议',
      component: () => import('./meeting/MeetingPage.tsx'),
      permission: ofMeetings,
    },
    {
      path: '/chains',
      title: '“一件事”责任链',
      component: () => import('./chain/ChainsPage.tsx'),
      menu: { group: 'plan', label: '一件事', order: 70, permission },
    },
  ],
  panels: [{ record: 'workbench', component: () => import('./WorkbenchPanel.tsx') }],
}
