import { type Actor, isUnitRole } from '#kernel/grants.ts'
import type { Refusal } from '#kernel/lifecycle.ts'
import type { Day } from '#kernel/time.ts'
import { hazardErrors } from './errors.ts'
import { type Extension, type Hazard, type HazardDetail, Plan, type Report } from './record.ts'
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

/** A request nobody has decided lapses when the hazard leaves the hands of those who asked. */
export function lapse(detail: HazardDetail, today: string): HazardDetail {
  if (!pendingExtension(detail)) return detail
  const extensions = detail.extensions.map((extension) =>
    extension.decision === 'pending' ? { ...extension, decision: 'lapsed' as const, decidedOn: today } : extension,
  )
  return { ...detail, extensions }
}

/** Extensions granted in the round now under way. */
export function grantedExtensions(hazard: Pick<Hazard, 'closures' | 'detail'>): number {
  return hazard.detail.extensions.filter(
    (extension) =>
      extension.decision === 'granted' && !extension.byListing && (extension.round ?? 0) === hazard.closures,
  ).length
}

/** Whether a hazard may count as being rectified: general ones always, major ones with 五落实 and interim control. */
export function mayRectify(hazard: Pick<Hazard, 'level' | 'detail'>): boolean {
  return (
    hazard.level === 'general' || (missingElements(hazard.detail.plan).length === 0 && hasInterimControl(hazard.detail))
  )
}

/** The order to stop that still holds, or undefined. */
export function standingStop(detail: HazardDetail) {
  return detail.stopOrders.findLast((order) => order.liftedOn === null)
}

/** Names of those who took part in rectifying, as far as the record knows them. */
export function rectifierNames(detail: HazardDetail): string[] {
  return [detail.plan.responsiblePerson, ...detail.progress.map((entry) => entry.by)].filter((name) => name !== '')
}

/** Whether the actor speaks for a supervised unit and for nobody else; what units report is verified by officials first. */
export function speaksForUnit(actor: Actor): boolean {
  return !actor.system && actor.grants.length > 0 && actor.grants.every(({ role }) => isUnitRole(role))
}

/** From which the days of finding are summed up: n hazards standing on a day are on average `day - dayZero - sum / n` old. */
export const dayZero = '2000-01-01'

export function emptyDetail(judgement: Hazard['detail']['judgement']): Hazard['detail'] {
  return {
    plan: Plan.parse({}),
    interim: [],
    progress: [],
    extensions: [],
    reviews: [],
    closures: [],
    stopOrders: [],
    judgement,
    assignment: null,
    rectifiers: [],
    acceptedBy: null,
    returns: [],
    ending: null,
    routeReason: null,
    ledger: null,
  }
}

/** The day a hazard counts as found: the first of its findings. Merging an old hazard never makes it younger. */
export function firstFound(reports: readonly Report[], otherwise: Day): Day {
  return reports.map((report) => report.foundOn).sort()[0] ?? otherwise
}

/** Why this hazard may not go into the other one; nothing may get milder or better hidden by merging. */
export function mergeRefusal(hazard: Hazard, other: Hazard): Refusal | undefined {
  if (!isStanding(other.state)) return { def: hazardErrors.mergeTargetClosed }
  const sameUnit = hazard.unitId !== null && hazard.unitId === other.unitId
  const sameTown = hazard.area.slice(0, 9) === other.area.slice(0, 9)
  const samePlace = sameUnit || (sameTown && (hazard.unitId === null || other.unitId === null))
  if (!samePlace) return { def: hazardErrors.mergeDifferentUnit }
  if (hazard.level === 'major' && other.level !== 'major') return { def: hazardErrors.mergeLevel }
  if (other.state === 'reported' && hazard.state !== 'reported') return { def: hazardErrors.mergeUnverified }
  return undefined
}

/** A deadline its own issuer moves, as it stands in the history. */
export function grantedBy(
  context: { readonly today: string; readonly actor: Actor },
  hazard: Hazard,
  to: string,
  note: string,
  reason = note,
): Extension {
  return {
    from: hazard.dueOn,
    to,
    reason,
    requestedBy: context.actor.name,
    requestedOn: context.today,
    decision: 'granted',
    decidedBy: context.actor.name,
    decidedOn: context.today,
    note,
    round: hazard.closures,
  }
}
