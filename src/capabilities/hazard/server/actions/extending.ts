import { refuse } from '#kernel/errors.ts'
import type { EffectContext } from '#platform/actions/types.ts'
import { hazardErrors as e, extensionsLeft, type Hazard } from '../../model/index.ts'

/** Refuses when the county's number of extensions is used up for the round now under way. */
export function needRoom(context: EffectContext, hazard: Hazard): void {
  const limit = context.parameters.number('hazard.extension.maxCount', context.today)
  if (extensionsLeft(hazard, limit) === 0) {
    refuse(e.extensionLimit, { detail: `每条隐患最多延期${limit}次，已经用完。${e.extensionLimit.message}` })
  }
}

/** Refuses a day that is not later than the present deadline, or already past; answers the present deadline. */
export function needLater(context: EffectContext, hazard: Hazard, to: string): string {
  const from = hazard.dueOn ?? context.today
  if (to <= from || to < context.today) {
    refuse(e.extensionNotLater, { fields: [{ path: 'to', message: `须晚于原时限 ${from} 且不早于今天` }] })
  }
  return from
}
