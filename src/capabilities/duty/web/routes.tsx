import type { WebModule } from '#shell/router/module.ts'

const permission = 'duty.read'

/** 履责: the calendar, the list of items, the deeds that count, the rules. */
export const dutyWeb: WebModule = {
  id: 'duty',
  routes: [
    {
      path: '/duties',
      title: '履责日历',
      component: () => import('./CalendarPage.tsx'),
      permission,
      menu: { group: 'duty', label: '履责日历', order: 10 },
    },
    {
      path: '/duties/items',
      title: '履责清单',
      component: () => import('./ItemListPage.tsx'),
      permission,
      menu: { group: 'duty', label: '履责清单', order: 20 },
    },
    { path: '/duties/items/$id', title: '履责事项', component: () => import('./ItemPage.tsx'), permission },
    {
      path: '/duties/deeds',
      title: '履责记录',
      component: () => import('./DeedListPage.tsx'),
      permission,
      menu: { group: 'duty', label: '履责记录', order: 30 },
    },
    { path: '/duties/deeds/$id', title: '履责记录', component: () => import('./DeedPage.tsx'), permission },
    {
      path: '/duties/rules',
      title: '职责规则',
      component: () => import('./RulesPage.tsx'),
      permission,
      menu: { group: 'duty', label: '职责规则', order: 40 },
    },
  ],
}
