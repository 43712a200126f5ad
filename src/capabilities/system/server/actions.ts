import { coreErrors, refuse } from '#kernel/errors.ts'
import { onCreate } from '#platform/actions/carry-out.ts'
import { occurred, occurrenceType } from '#platform/actions/occurrence.ts'
import type { RegisteredAction } from '#platform/actions/types.ts'
import { requeueDeliveries as requeue } from '#platform/notify/delivery.ts'
import { markRead, requeueDeliveries } from '../model/index.ts'
import { settingActions } from './settings.ts'
import { saveReceipts } from './store.ts'

const reading = occurrenceType('inboxReading', '消息阅读')
const deliveryRetry = occurrenceType('deliveryRetry', '通知重发')

export const systemActions: readonly RegisteredAction[] = [
  onCreate(markRead, reading, async (context, input) => {
    const read = await saveReceipts(context.tx, context.actor, input.noticeIds, context.now)
    return { record: occurred(context), output: { read }, summary: `阅读消息${read}条` }
  }),
  ...settingActions,
  onCreate(requeueDeliveries, deliveryRetry, async (context, input) => {
    const queued = await requeue(context.tx, context.county, input.ids, context.now)
    if (queued === 0) refuse(coreErrors.notFound)
    return { record: occurred(context), output: { queued }, summary: `重新发送外部通知${queued}条` }
  }),
]
