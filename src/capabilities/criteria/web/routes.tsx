import type { WebModule } from '#shell/router/module.ts'

/** 判定标准库: the catalogue with its search, one page for each standard, and how it is kept. */
export const criteriaWeb: WebModule = {
  id: 'criteria',
  routes: [
    {
      path: '/criteria',
      title: '判定标准库',
      component: () => import('./LibraryPage.tsx'),
      menu: { group: 'hazard', label: '判定标准库', order: 50 },
    },
    {
      path: '/criteria/publish',
      title: '发布判定标准',
      component: () => import('./manage/PublishPage.tsx'),
      permission: 'criteria.manage',
    },
    {
      path: '/criteria/$id/items',
      title: '录入条文',
      component: () => import('./manage/EnterItemsPage.tsx'),
      permission: 'criteria.manage',
    },
    { path: '/criteria/$id', title: '判定标准', component: () => import('./StandardPage.tsx') },
  ],
}
