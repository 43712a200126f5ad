import type { WebModule } from '#shell/router/module.ts'

export const ledgerImportWeb: WebModule = {
  id: 'ledgerimport',
  routes: [
    {
      path: '/hazards/import',
      title: '导入台账',
      component: () => import('./ImportsPage.tsx'),
      permission: 'ledgerimport.use',
      menu: { group: 'hazard', label: '导入台账', order: 30 },
    },
    {
      path: '/hazards/import/$id',
      title: '导入台账',
      component: () => import('./ImportPage.tsx'),
      permission: 'ledgerimport.use',
    },
  ],
}
