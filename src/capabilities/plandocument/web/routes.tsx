import type { WebModule } from '#shell/router/module.ts'

/** 方案文本: documents and versions of the plan, a document beside what it demands, and what a version changed. */
export const planDocumentWeb: WebModule = {
  id: 'plandocument',
  routes: [
    {
      path: '/plan/documents',
      title: '方案文本',
      component: () => import('./DocumentsPage.tsx'),
      permission: 'plandocument.see',
      menu: { group: 'plan', label: '方案文本', order: 60 },
    },
    {
      path: '/plan/documents/$id/difference',
      title: '版本差别',
      component: () => import('./DifferencePage.tsx'),
      permission: 'plandocument.see',
    },
    {
      path: '/plan/documents/$id',
      title: '方案文本',
      component: () => import('./DocumentPage.tsx'),
      permission: 'plandocument.see',
    },
  ],
}
