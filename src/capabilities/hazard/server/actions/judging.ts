import type { CriteriaLibrary } from '#capabilities/criteria/model/index.ts'
import { refuse } from '#kernel/errors.ts'
import type { Day } from '#kernel/time.ts'
import type { EffectContext } from '#platform/actions/types.ts'
import { hazardErrors, type Judgement, type JudgementInput } from '../../model/index.ts'
import type { HazardDeps } from '../deps.ts'

const uncited = { criterionId: null, documentId: null, text: '' }

const field = (path: string, message: string) => [{ path, message }]

/**
 * Turns a judgement into what the hazard keeps. Major needs a criterion in force when the hazard was found; a
 * catch-all item and one of another sector's standard also need reasons, and reasons alone serve only where no standard has items for the sector.
 */
export async function judge(
  deps: HazardDeps,
  context: EffectContext,
  input: JudgementInput,
  facts: { readonly sector: string; readonly foundOn: Day },
): Promise<Judgement> {
  const base = { on: context.today, by: context.actor.name, reason: input.reason }
  // What no criterion is asked of holds whatever the library says, and most hazards are such.
  if (input.criterionId === null && input.level === 'general') return { kind: 'none', ...uncited, ...base }
  const library = await deps.criteria(context.tx)
  if (input.criterionId === null) return withoutCriterion(library, input, facts, base)
  const criterion = library.find(input.criterionId)
  if (!criterion) {
    const { criterionUnknown } = hazardErrors
    return refuse(criterionUnknown, { fields: field('judgement.criterionId', criterionUnknown.message) })
  }
  const { inForceFrom: from, inForceTo: to } = criterion
  if ((from !== null && facts.foundOn < from) || (to !== null && facts.foundOn > to)) {
    refuse(hazardErrors.criterionNotInForce, {
      detail: `所选判定标准的有效期为 ${from ?? '不详'} 至 ${to ?? '今'}，不含发现日期 ${facts.foundOn}，请选择当日有效的版本`,
      fields: field('judgement.criterionId', '该标准在发现之日无效'),
    })
  }
  const foreign = !criterion.crossCutting && !criterion.sectors.includes(facts.sector)
  if (input.level === 'major' && foreign && input.reason.length < 10) {
    refuse(hazardErrors.judgementMissing, {
      detail: '所选判定标准不是本行业领域的标准，也不是各行业通用的标准；请改选，或写明适用该标准的理由（至少10个字）',
      fields: field('judgement.reason', '所选标准属于其他行业领域，请写明适用的理由（至少10个字）'),
    })
  }
  if (input.level === 'major' && criterion.catchAll && input.reason.length < 10) {
    refuse(hazardErrors.judgementMissing, {
      fields: field('judgement.reason', '兜底条款须写明综合判断的理由（至少10个字）'),
    })
  }
  return {
    kind: criterion.catchAll ? 'reasoned' : 'criterion',
    criterionId: criterion.id,
    documentId: criterion.documentId,
    text: criterion.text,
    ...base,
  }
}

function withoutCriterion(
  library: CriteriaLibrary,
  input: JudgementInput,
  facts: { readonly sector: string; readonly foundOn: Day },
  base: { on: Day; by: string; reason: string },
): Judgement {
  if (library.hasItems(facts.sector, facts.foundOn)) {
    const def = input.reason ? hazardErrors.reasonNotAllowed : hazardErrors.judgementMissing
    refuse(def, { fields: field('judgement.criterionId', '请选择一条判定标准') })
  }
  if (input.reason.length < 10) {
    refuse(hazardErrors.judgementMissing, {
      detail: '本行业没有收录条目化的判定标准，请写明认定为重大隐患的理由（至少10个字）',
      fields: field('judgement.reason', '请写明认定理由（至少10个字）'),
    })
  }
  return { kind: 'reasoned', ...uncited, ...base }
}
