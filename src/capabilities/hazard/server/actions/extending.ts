import { refuse } from '#kernel/errors.ts'
import type { EffectContext } from '#platform/actions/types.ts'
import { hazardErrors as e, extensionsLeft, grantedBy, type Hazard } from '../../model/index.ts'

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

/** An extension of what is listed names the paper it was granted by; answers what the history keeps of it. */
export function paperOf(hazard: Hazard, document: string): { readonly document?: string } {
  if (hazard.listing !== 'none' && document === '') {
    refuse(e.extensionPaperMissing, { fields: [{ path: 'document', message: e.extensionPaperMissing.message }] })
  }
  return document === '' ? {} : { document }
}

/** The order that lists a hazard sets its deadline anew; from then on it is the listing body's to move. */
export function movedByListing(
  context: EffectContext,
  hazard: Hazard,
  order: { readonly dueOn: string; readonly bodyId: string | null; readonly document: string },
): Pick<Hazard, 'dueOn' | 'overdue' | 'issuerBodyId' | 'detail'> {
  const { dueOn, document } = order
  const granted = grantedBy(context, hazard, dueOn, '下达督办令，重新确定办理期限')
  const extensions =
    dueOn === hazard.dueOn
      ? hazard.detail.extensions
      : [...hazard.detail.extensions, { ...granted, document, byListing: true as const }]
  const issuerBodyId = order.bodyId ?? hazard.issuerBodyId
  return { dueOn, overdue: false, issuerBodyId, detail: { ...hazard.detail, extensions } }
}
