import { refuse } from '#kernel/errors.ts'
import { onRecord } from '#platform/actions/carry-out.ts'
import type { RegisteredAction } from '#platform/actions/types.ts'
import {
  addItem,
  amendItem,
  criteriaErrors,
  maxItems,
  nextItemId,
  type StandardItem,
  standardIn,
  withStandard,
} from '../model/index.ts'
import { refuseAt, refuseWithdrawn, standardType } from './record-type.ts'

type ItemFacts = Omit<StandardItem, 'id' | 'group' | 'withdrawn'> & { readonly group: string }

const itemFrom = ({ no, group, text, catchAll, borrowed, confidence }: ItemFacts) => ({
  no,
  group: group === '' ? null : group,
  text,
  catchAll,
  borrowed,
  confidence,
})

/** Two items of one number could not be told apart in a judgement; a withdrawn one does not count. */
function checkNumber(items: readonly StandardItem[], no: string, except?: string): void {
  if (items.some((item) => item.no === no && item.id !== except && !item.withdrawn)) {
    refuseAt(criteriaErrors.itemTwice, 'no')
  }
}

const adding = onRecord(addItem, standardType, (_context, record, input) => {
  refuseWithdrawn(record)
  const standard = standardIn(record)
  checkNumber(standard.items, input.no)
  if (standard.items.length >= maxItems) refuse(criteriaErrors.importTooLong)
  const item: StandardItem = { id: nextItemId(record.code, standard.items), ...itemFrom(input), withdrawn: false }
  return {
    record: withStandard(record, { ...standard, itemised: true, items: [...standard.items, item] }),
    output: { code: record.code, itemId: item.id },
    summary: `增加条目 ${item.no}：${item.text}（${input.reason}）`,
  }
})

const amending = onRecord(amendItem, standardType, (_context, record, input) => {
  refuseWithdrawn(record)
  const standard = standardIn(record)
  const before =
    standard.items.find((item) => item.id === input.itemId) ?? refuseAt(criteriaErrors.itemUnknown, 'itemId')
  if (!input.withdrawn) checkNumber(standard.items, input.no, before.id)
  const after: StandardItem = { id: before.id, ...itemFrom(input), withdrawn: input.withdrawn }
  const items = standard.items.map((item) => (item.id === before.id ? after : item))
  const verb = after.withdrawn && !before.withdrawn ? '撤下' : '修改'
  const words = before.text === after.text ? after.text : `“${before.text}”改为“${after.text}”`
  return {
    record: withStandard(record, { ...standard, items }),
    output: { code: record.code },
    summary: `${verb}条目 ${after.no}：${words}（${input.reason}）`,
  }
})

/** Single items: added, corrected, taken off. */
export const itemActions: readonly RegisteredAction[] = [adding, amending]
