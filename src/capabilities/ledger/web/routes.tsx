import type { WebModule } from '#shell/router/module.ts'

const permission = 'ledger.read'

/** 台账: how every ledger stands, one ledger as a list and as numbers, one item, and the ways to fill it. */
export const ledgerWeb: WebModule = {
  id: 'ledger',
  routes: [
    {
      path: '/ledgers',
      title: '台账总览',
      component: () => import('./overview/OverviewPage.tsx'),
      permission,
      menu: { group: 'ledger', label: '台账总览', order: 10 },
    },
    {
      path: '/ledgers/items',
      title: '台账事项',
      component: () => import('./AllItemsPage.tsx'),
      permission,
      menu: { group: 'ledger', label: '全部事项', order: 20 },
    },
    { path: '/ledgers/$ledger', title: '台账', component: () => import('./ListPage.tsx'), permission },
    {
      path: '/ledgers/$ledger/new',
      title: '登记台账事项',
      component: () => import('./NewPage.tsx'),
      permission: 'ledger.keep',
    },
    {
      path: '/ledgers/$ledger/import',
      title: '导入台账',
      component: () => import('./import/ImportPage.tsx'),
      permission: 'ledger.import',
    },
    {
      path: '/ledgers/$ledger/numbers',
      title: '台账统计',
      component: () => import('./numbers/NumbersPage.tsx'),
      permission,
    },
    {
      path: '/ledgers/$ledger/items/$id',
      title: '台账事项',
      component: () => import('./item/ItemPage.tsx'),
      permission,
    },
  ],
}
