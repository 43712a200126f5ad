import type { WebModule } from '#shell/router/module.ts'

export const hazardWeb: WebModule = {
  id: 'hazard',
  routes: [
    {
      path: '/hazards',
      title: '隐患库',
      component: () => import('./HazardListPage.tsx'),
      permission: 'hazard.read',
      menu: { group: 'hazard', label: '隐患库', order: 10 },
    },
    {
      path: '/hazards/new',
      title: '登记隐患',
      component: () => import('./register/HazardNewPage.tsx'),
      permission: 'hazard.report',
      menu: { group: 'hazard', label: '登记隐患', order: 20 },
    },
    {
      path: '/hazards/reports',
      title: '发现记录',
      component: () => import('./ReportListPage.tsx'),
      permission: 'hazard.read',
    },
    {
      path: '/hazards/$id',
      title: '隐患',
      component: () => import('./detail/HazardPage.tsx'),
      permission: 'hazard.read',
    },
  ],
}
