import type { WebModule } from '#shell/router/module.ts'

const units = 'directory.readUnit'

export const directoryWeb: WebModule = {
  id: 'directory',
  routes: [
    {
      path: '/units',
      title: '单位名录',
      component: () => import('./UnitListPage.tsx'),
      permission: units,
      menu: { group: 'directory', label: '单位名录', order: 10 },
    },
    {
      path: '/units/table',
      title: '单位分布',
      component: () => import('./UnitTablePage.tsx'),
      permission: units,
      menu: { group: 'directory', label: '单位分布', order: 15 },
    },
    {
      path: '/units/new',
      title: '登记单位',
      component: () => import('./unit/UnitNewPage.tsx'),
      permission: 'directory.registerUnit',
    },
    {
      path: '/units/import',
      title: '导入名录',
      component: () => import('./UnitImportPage.tsx'),
      permission: 'directory.importUnits',
    },
    { path: '/units/$id', title: '单位', component: () => import('./unit/UnitPage.tsx'), permission: units },
    {
      path: '/people',
      title: '单位人员',
      component: () => import('./PeoplePage.tsx'),
      permission: units,
      menu: { group: 'directory', label: '单位人员', order: 20 },
    },
    {
      path: '/matrix',
      title: '责任分工',
      component: () => import('./reference/MatrixPage.tsx'),
      menu: { group: 'directory', label: '责任分工', order: 30 },
    },
    {
      path: '/areas',
      title: '乡镇和督导单位',
      component: () => import('./reference/AreasPage.tsx'),
      menu: { group: 'directory', label: '乡镇和督导单位', order: 40 },
    },
    {
      path: '/bodies',
      title: '机构',
      component: () => import('./bodies/BodiesPage.tsx'),
      menu: { group: 'directory', label: '机构', order: 25 },
    },
    {
      path: '/people/bodies',
      title: '机构人员',
      component: () => import('./bodies/BodyPeoplePage.tsx'),
      permission: 'directory.readBodyPosts',
      menu: { group: 'directory', label: '机构人员', order: 27 },
    },
    { path: '/bodies/$id', title: '机构', component: () => import('./bodies/BodyPage.tsx') },
  ],
}
