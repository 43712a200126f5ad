import { randomInt } from 'node:crypto'
import type { EffectContext } from '#platform/actions/types.ts'
import { type CloseKind, type Hazard, lapse } from '../../model/index.ts'
import { noticeLine, tellBody } from '../notices.ts'

/** The hazard as it is once closed; the closure joins the history and stays there even if it is opened again. */
export function closedNow(
  hazard: Hazard,
  context: Pick<EffectContext, 'today' | 'actor'>,
  kind: CloseKind,
  opinion: string,
  document: string,
  on: string = context.today,
): Hazard {
  const closure = {
    on,
    kind,
    accountId: context.actor.accountId,
    by: context.actor.name,
    opinion,
    document,
    reopenedOn: null,
    reopenReason: null,
  }
  return {
    ...hazard,
    state: 'closed',
    closedOn: on,
    closeKind: kind,
    closures: hazard.closures + 1,
    detail: { ...lapse(hazard.detail, context.today), closures: [...hazard.detail.closures, closure] },
  }
}

/**
 * Draws by the server's own chance whether the closing is looked at again: whoever closes a hazard cannot know it. The
 * draw holds for every way to close by one's own word, the general hazards' as well.
 */
export function closedByChance(context: EffectContext, closed: Hazard, summary: string) {
  const share = context.parameters.number('hazard.closure.reinspectionShare', context.today)
  const drawn = randomInt(1_000_000) < share * 1_000_000
  const words = { kind: 'drawn', title: '已销号隐患被抽中复核，请由未办理过的人员到现场', body: noticeLine(closed) }
  const bodies = new Set([closed.leadBodyId, closed.townBodyId])
  return {
    record: { ...closed, overdue: false, reinspection: drawn ? ('drawn' as const) : ('none' as const) },
    output: { state: 'closed', drawn },
    summary: `${summary}${drawn ? '（抽中复核）' : ''}`,
    notices: drawn ? [...bodies].flatMap((bodyId) => tellBody(context.actionId, bodyId, words)) : [],
  }
}
