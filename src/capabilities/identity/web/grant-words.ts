import { type Day, diffDays } from '#kernel/time.ts'
import type { AccountGrantView } from '../model/index.ts'

/** 2026-01-01 至 2026-12-31, or 起长期有效. */
export const grantDays = ({ from, to }: Pick<AccountGrantView, 'from' | 'to'>): string =>
  to ? `${from} 至 ${to}` : `${from} 起长期有效`

/** What one must know of a grant's days today: not begun, ending soon, over. */
export function grantState(grant: Pick<AccountGrantView, 'from' | 'to' | 'effective'>, today: Day): string {
  if (grant.effective) {
    const left = grant.to === null ? undefined : diffDays(today, grant.to)
    if (left === undefined || left > 30) return '有效'
    return left === 0 ? '有效，今天到期' : `有效，还有${left}天到期`
  }
  return grant.from > today ? `${grant.from} 起生效` : '已结束'
}
