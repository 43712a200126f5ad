import type { WebModule } from '#shell/router/module.ts'

const permission = 'listing.read'

/**
 * 挂牌督办: the board, what the public may read, one listing with its order, the proposal of a new one, and
 * what a hazard's own page says of its listing.
 */
export const listingWeb: WebModule = {
  id: 'listing',
  routes: [
    {
      path: '/listings',
      title: '挂牌督办',
      component: () => import('./BoardPage.tsx'),
      permission,
      menu: { group: 'hazard', label: '挂牌督办', order: 40 },
    },
    {
      path: '/listings/propose',
      title: '提请挂牌督办',
      component: () => import('./ProposePage.tsx'),
      permission: 'listing.propose',
    },
    { path: '/listings/publicity', title: '挂牌督办公示', component: () => import('./PublicityPage.tsx'), permission },
    {
      path: '/listings/batches',
      title: '年度挂牌批次',
      component: () => import('./batch/YearsPage.tsx'),
      permission: 'listing.readBatch',
    },
    {
      path: '/listings/batches/$id',
      title: '年度挂牌批次',
      component: () => import('./batch/BatchPage.tsx'),
      permission: 'listing.readBatch',
    },
    { path: '/listings/$id', title: '挂牌督办', component: () => import('./ListingPage.tsx'), permission },
    {
      path: '/listings/$id/letter',
      title: '督办通知书',
      component: () => import('./letter/LetterPage.tsx'),
      permission,
    },
    {
      path: '/listings/$id/ending',
      title: '销案通知书',
      component: () => import('./letter/EndingLetterPage.tsx'),
      permission,
    },
  ],
  panels: [{ record: 'hazard', component: () => import('./ListingPanel.tsx') }],
}
