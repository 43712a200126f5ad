import type { WebModule } from '#shell/router/module.ts'

/** 判定标准库: the catalogue with its search, and one page for each standard. */
export const criteriaWeb: WebModule = {
  id: 'criteria',
  routes: [
    {
      path: '/criteria',
      title: '判定标准库',
      component: () => import('./LibraryPage.tsx'),
      menu: { group: 'hazard', label: '判定标准库', order: 50 },
    },
    { path: '/criteria/$id', title: '判定标准', component: () => import('./StandardPage.tsx') },
  ],
}
