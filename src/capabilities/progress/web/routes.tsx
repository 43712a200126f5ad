import type { WebModule } from '#shell/router/module.ts'

const permission = 'progress.read'

/** 进展报送: the periods with their roll-up, all returns, and one return to fill in or to judge. */
export const progressWeb: WebModule = {
  id: 'progress',
  routes: [
    {
      path: '/progress',
      title: '进展报送',
      component: () => import('./ProgressPage.tsx'),
      permission,
      menu: { group: 'plan', label: '进展报送', order: 50 },
    },
    { path: '/progress/$id', title: '进展报送', component: () => import('./ReturnPage.tsx'), permission },
  ],
  panels: [{ record: 'workbench', component: () => import('./WorkbenchPanel.tsx') }],
}
