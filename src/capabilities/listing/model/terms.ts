import type { StateSpec } from '#kernel/lifecycle.ts'

export const listingStates = {
  proposed: { label: '待批准', type: 'waiting' },
  approved: { label: '已批准待下达', type: 'waiting' },
  ordered: { label: '挂牌督办中', type: 'open' },
  delisted: { label: '已销案', type: 'closed' },
  rejected: { label: '未批准', type: 'void' },
  withdrawn: { label: '已撤回', type: 'void' },
  revoked: { label: '已撤销', type: 'void' },
} as const satisfies Record<string, StateSpec>
export type ListingState = keyof typeof listingStates
export const listingStateIds = Object.keys(listingStates) as ListingState[]

/** While one of these holds, the hazard cannot be proposed for listing again. */
export const standingListingStates: readonly ListingState[] = ['proposed', 'approved', 'ordered']

/** What a 督办通知 must say (facts.md §2, the newest national model), in printed order. */
export const orderContents = {
  name: '督办名称',
  matters: '督办事项',
  requirements: '整改和过程防控要求',
  period: '办理期限',
  release: '督办解除程序和方式',
} as const

/** What the listing body owes while a listing stands, each within the county's number of working days. */
export const listingSteps = { publicise: '公示', delist: '摘牌销案' } as const
export type ListingStep = keyof typeof listingSteps

/** What may be late about a listing, or soon will be: the rectification itself, or a step of the listing body. */
export const listingLateness = {
  any: '任一逾期',
  work: '办理期限逾期',
  publicise: '公示逾期',
  delist: '摘牌销案逾期',
  soon: '7天内到期',
} as const
export type ListingLateness = keyof typeof listingLateness
