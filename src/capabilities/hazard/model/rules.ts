import type { Refusal } from '#kernel/lifecycle.ts'
import { hazardErrors } from './errors.ts'
import type { Hazard, HazardDetail, Plan } from './record.ts'
import { type FiveElement, fiveElements, isStanding } from './terms.ts'

/** The elements of 五落实 still missing from a plan, in printed order. */
export function missingElements(plan: Plan): FiveElement[] {
  const has: Record<FiveElement, boolean> = {
    responsible: plan.responsiblePerson !== '',
    measures: plan.measures.length > 0,
    funds: plan.fundsYuan !== null,
    deadline: plan.deadline !== null,
    emergencyPlan: plan.emergencyPlan !== '',
  }
  return (Object.keys(fiveElements) as FiveElement[]).filter((element) => !has[element])
}

export function fiveElementRefusal(plan: Plan): Refusal | undefined {
  const missing = missingElements(plan)
  if (missing.length === 0) return undefined
  const names = missing.map((element) => fiveElements[element])
  return {
    def: hazardErrors.fiveMissing,
    detail: `五落实还缺：${names.join('、')}。请补齐后再开始整改`,
    fields: missing.map((element) => ({ path: `plan.${element}`, message: `${fiveElements[element]}未落实` })),
  }
}

/** Interim control (临时管控) is in place when at least one control has been written down. */
export function hasInterimControl(detail: HazardDetail): boolean {
  return detail.interim.length > 0
}

/** A standing major hazard without interim control is shown as an alarm wherever it appears. */
export function lacksInterimControl(hazard: Hazard): boolean {
  return hazard.level === 'major' && isStanding(hazard.state) && !hasInterimControl(hazard.detail)
}

/** The last on-site review that counts towards the closing now under way, or undefined. */
export function lastClosureReview(hazard: Hazard) {
  return hazard.detail.reviews.filter((review) => review.kind === 'closure' && review.round === hazard.closures).at(-1)
}

/** Who reviewed or approved the last closing; they may not re-inspect their own work. */
export function closedByAccounts(hazard: Hazard): string[] {
  const review = hazard.detail.reviews.filter((item) => item.kind === 'closure').at(-1)
  const closure = hazard.detail.closures.at(-1)
  return [review?.accountId, closure?.accountId].filter((id): id is string => id !== undefined)
}

export function pendingExtension(detail: HazardDetail) {
  return detail.extensions.find((extension) => extension.decision === 'pending')
}

export function grantedExtensions(detail: HazardDetail): number {
  return detail.extensions.filter((extension) => extension.decision === 'granted').length
}

/** Whether the hazard belongs to the 2023 stock (存量): found up to 2023-12-31 (G-6). `stockUntil` is a parameter. */
export function isStock(hazard: Pick<Hazard, 'foundOn'>, stockUntil: string): boolean {
  return hazard.foundOn <= stockUntil
}

/** From which the days of finding are summed up: n hazards standing on a day are on average `day - dayZero - sum / n` old. */
export const dayZero = '2000-01-01'
