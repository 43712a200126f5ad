import type { WebModule } from '#shell/router/module.ts'

const permission = 'identity.readAccounts'

export const identityWeb: WebModule = {
  id: 'identity',
  routes: [
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
