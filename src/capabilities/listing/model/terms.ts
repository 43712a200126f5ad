import type { StateSpec } from '#kernel/lifecycle.ts'

export const listingStates = {
  proposed: { label: '待批准', type: 'waiting' },
  approved: { label: '已批准待下达', type: 'waiting' },
  ordered: { label: '挂牌督办中', type: 'open' },
  delisted: { label: '已摘牌', type: 'closed' },
  rejected: { label: '未批准', type: 'void' },
  withdrawn: { label: '已撤回', type: 'void' },
} as const satisfies Record<string, StateSpec>
export type ListingState = keyof typeof listingStates
export const listingStateIds = Object.keys(listingStates) as ListingState[]

/** What a 督办通知 must say (facts.md §2, the newest national model), in printed order. */
export const orderContents = {
  name: '督办名称',
  matters: '督办事项',
  requirements: '整改和过程防控要求',
  period: '办理期限',
  release: '督办解除程序和方式',
} as const
