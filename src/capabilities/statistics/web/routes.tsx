import type { WebModule } from '#shell/router/module.ts'

/** 统计分析: one page, because every number on it is cut by the same area, sector, level, channel and day. */
export const statisticsWeb: WebModule = {
  id: 'statistics',
  routes: [
    {
      path: '/statistics',
      title: '统计分析',
      component: () => import('./StatisticsPage.tsx'),
      permission: 'statistics.read',
      menu: { group: 'statistics', label: '统计分析', order: 0 },
    },
  ],
}
