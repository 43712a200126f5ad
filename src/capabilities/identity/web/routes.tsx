import type { WebModule } from '#shell/router/module.ts'

const permission = 'identity.readAccounts'

export const identityWeb: WebModule = {
  id: 'identity',
  routes: [
    { path: '/account', title: '我的账号', component: () => import('./OwnAccountPage.tsx') },
    {
      path: '/accounts',
      title: '账号和授权',
      component: () => import('./AccountListPage.tsx'),
      permission,
      menu: { group: 'system', label: '账号和授权', order: 10 },
    },
    { path: '/accounts/$id', title: '账号', component: () => import('./AccountPage.tsx'), permission },
  ],
}
