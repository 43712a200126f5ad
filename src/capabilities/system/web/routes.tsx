import type { WebModule } from '#shell/router/module.ts'

export const systemWeb: WebModule = {
  id: 'system',
  routes: [
    {
      path: '/inbox',
      title: '消息',
      component: () => import('./InboxPage.tsx'),
      menu: { group: 'workbench', label: '消息', order: 10 },
    },
    {
      path: '/system/calendar',
      title: '工作日历',
      component: () => import('./settings/CalendarPage.tsx'),
      menu: { group: 'system', label: '工作日历', order: 20 },
    },
    {
      path: '/system/calendar/$year',
      title: '放假安排',
      component: () => import('./settings/CalendarYearPage.tsx'),
      permission: 'system.changeSettings',
    },
    {
      path: '/system/parameters',
      title: '参数',
      component: () => import('./settings/ParametersPage.tsx'),
      permission: 'system.readSettings',
      menu: { group: 'system', label: '参数', order: 30 },
    },
    {
      path: '/system/pack',
      title: '数据包',
      component: () => import('./pack/PackPage.tsx'),
      permission: 'system.readPack',
      menu: { group: 'system', label: '数据包', order: 35 },
    },
    {
      path: '/system/audit',
      title: '操作审计',
      component: () => import('./AuditPage.tsx'),
      permission: 'system.audit',
      menu: { group: 'system', label: '操作审计', order: 40 },
    },
    {
      path: '/system/deliveries',
      title: '外部通知',
      component: () => import('./DeliveriesPage.tsx'),
      permission: 'system.deliveries',
      menu: { group: 'system', label: '外部通知', order: 50 },
    },
  ],
}
