import { criteriaWeb } from '#capabilities/criteria/web/routes.tsx'
import { directoryWeb } from '#capabilities/directory/web/routes.tsx'
import { dutyWeb } from '#capabilities/duty/web/routes.tsx'
import { hazardWeb } from '#capabilities/hazard/web/routes.tsx'
import { identityWeb } from '#capabilities/identity/web/routes.tsx'
import { ledgerWeb } from '#capabilities/ledger/web/routes.tsx'
import { ledgerImportWeb } from '#capabilities/ledgerimport/web/routes.tsx'
import { listingWeb } from '#capabilities/listing/web/routes.tsx'
import { planWeb } from '#capabilities/plan/web/routes.tsx'
import { planDocumentWeb } from '#capabilities/plandocument/web/routes.tsx'
import { progressWeb } from '#capabilities/progress/web/routes.tsx'
import { statisticsWeb } from '#capabilities/statistics/web/routes.tsx'
import { systemWeb } from '#capabilities/system/web/routes.tsx'
import { taskWeb } from '#capabilities/task/web/routes.tsx'
import type { WebModule } from '#shell/router/module.ts'

const home: WebModule = {
  id: 'workbench',
  routes: [
    {
      path: '/',
      title: '工作台',
      component: () => import('./HomePage.tsx'),
      menu: { group: 'workbench', label: '工作台', order: 0 },
    },
  ],
}

/** Every capability's pages; a capability that is not listed here is not on the web. */
export const webModules: readonly WebModule[] = [
  home,
  hazardWeb,
  ledgerImportWeb,
  planWeb,
  ledgerWeb,
  criteriaWeb,
  statisticsWeb,
  listingWeb,
  dutyWeb,
  planDocumentWeb,
  taskWeb,
  progressWeb,
  directoryWeb,
  identityWeb,
  systemWeb,
]
