import { closeKinds, type HazardState, type HazardView, hazardStates } from '../../model/index.ts'

export interface EntryGroup {
  readonly title: string
  readonly rows: readonly string[]
}

/** What was written down while the hazard stood and when it was closed; kinds without an entry are left out. */
export function entriesOf(row: HazardView): EntryGroup[] {
  const groups: EntryGroup[] = [
    { title: '临时管控', rows: row.interim.map((entry) => `${entry.on} ${entry.by}：${entry.text}`) },
    {
      title: '整改进展',
      rows: row.progress.map((entry) => `${entry.on} ${entry.by}（${entry.percent}%）：${entry.text}`),
    },
    { title: '时限变更', rows: row.extensions.map(extensionWords) },
    {
      title: '停产停业整改',
      rows: row.stopOrders.map(
        (order) =>
          `${order.on} ${order.by}：${order.scope}（${order.reason}）${order.liftedOn ? `，${order.liftedOn} 恢复` : '，尚未恢复'}`,
      ),
    },
    { title: '退回', rows: row.returns.map((entry) => `${entry.on} ${entry.by}：${entry.reason}`) },
    { title: '现场复查', rows: row.reviews.map(reviewWords) },
    { title: '销号', rows: row.closures.map(closureWords) },
    ...(row.ledger ? [{ title: `台账来源：${row.ledger.file} 第${row.ledger.row}行`, rows: row.ledger.notes }] : []),
  ]
  return groups.filter((group) => group.rows.length > 0)
}

/** Who moved the deadline from when to when, why and by which paper. */
export function extensionWords(entry: HazardView['extensions'][number]): string {
  const paper = entry.document ? `（${entry.document}）` : ''
  if (entry.byListing) {
    const moved = entry.from ? `整改时限由 ${entry.from} 改为 ${entry.to}` : `整改时限定为 ${entry.to}`
    return `${entry.requestedOn} ${entry.requestedBy} 下达挂牌督办令${paper}，${moved}`
  }
  const outcome = { pending: '待审批', granted: '同意', refused: '不同意', lapsed: '未审批即失效' }[entry.decision]
  const decided = entry.decidedBy ? `，${entry.decidedBy}：${entry.note}` : ''
  return `${entry.requestedOn} ${entry.requestedBy} 申请由 ${entry.from} 延至 ${entry.to}（${entry.reason}）——${outcome}${decided}${paper}`
}

function reviewWords(review: HazardView['reviews'][number]): string {
  const kind = review.kind === 'reinspection' ? '抽查复核' : '复查'
  return `${review.on} ${kind}（${review.reviewers.join('、')}）：${review.findings}——${review.passed ? '合格' : '不合格'}`
}

/** A closure that was opened again stays in the history. */
function closureWords(closure: HazardView['closures'][number]): string {
  const again = closure.reopenedOn ? `；${closure.reopenedOn} 重新打开：${closure.reopenReason}` : ''
  const paper = closure.document ? `（${closure.document}）` : ''
  return `${closure.on} ${closeKinds[closure.kind]}，${closure.by}：${closure.opinion}${paper}${again}`
}

const stateName = (state: string | null): string =>
  state !== null && state in hazardStates ? hazardStates[state as HazardState].label : ''

/** 已登记 → 已交办; empty where the state stayed. */
export function moveWords({ fromState, toState }: { fromState: string | null; toState: string | null }): string {
  if (!toState || fromState === toState) return ''
  return [stateName(fromState), stateName(toState)].filter(Boolean).join(' → ')
}

const deliveries: Readonly<Record<string, string>> = {
  none: '只发站内',
  queued: '待发送',
  sent: '已发送',
  failed: '发送失败',
  undeliverable: '无法送达',
  inboxOnly: '未接站外渠道，只发站内',
}

/** How a notice left the system, or that it did not. */
export function deliveryName(delivery: string): string {
  return deliveries[delivery] ?? delivery
}
