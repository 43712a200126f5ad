import type { WebModule } from '#shell/router/module.ts'

const permission = 'plan.read'

export const planWeb: WebModule = {
  id: 'plan',
  routes: [
    {
      path: '/plan/wall',
      title: '条款墙',
      component: () => import('./WallPage.tsx'),
      permission,
      menu: { group: 'plan', label: '条款墙', order: 0 },
    },
    { path: '/plan/wall/$id', title: '条款', component: () => import('./ClausePage.tsx'), permission },
    {
      path: '/plan/evaluation',
      title: '总结评估',
      component: () => import('./EvaluationPage.tsx'),
      permission,
      menu: { group: 'plan', label: '总结评估', order: 4 },
    },
    {
      path: '/plan/coverage',
      title: '条款落实',
      component: () => import('./CoveragePage.tsx'),
      permission,
      menu: { group: 'plan', label: '条款落实', order: 5 },
    },
  ],
}
