import type { EffectContext } from '#platform/actions/types.ts'
import type { CloseKind, Hazard } from '../model/index.ts'

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
    detail: { ...hazard.detail, closures: [...hazard.detail.closures, closure] },
  }
}
