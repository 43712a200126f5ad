import { closeKinds, type HazardState, type HazardView, hazardStates, isStanding } from '../../model/index.ts'

/** Where each state stands on the way to closing; rectifying comes after assigning, which waits for the plan. */
const order: readonly HazardState[] = [
  'reported',
  'registered',
  'assigned',
  'rectifying',
  'awaitingAcceptance',
  'awaitingReview',
  'awaitingClosure',
  'closed',
]
const majorStages: readonly (readonly [string, HazardState])[] = [
  ['核实登记', 'registered'],
  ['交办', 'assigned'],
  ['落实方案', 'rectifying'],
  ['整改', 'awaitingAcceptance'],
  ['验收', 'awaitingReview'],
  ['复查', 'awaitingClosure'],
  ['审批销号', 'closed'],
]
const generalStages = majorStages.filter(([, done]) => !['awaitingReview', 'awaitingClosure'].includes(done))

export interface Stage {
  readonly name: string
  readonly day: string | undefined
}

/** The way from finding to closing with the day each stage was finished; undefined for what left the database. */
export function stagesOf(row: HazardView): { stages: readonly Stage[]; passed: number } | undefined {
  if (hazardStates[row.state].type === 'void') return undefined
  const stages = row.level === 'major' ? majorStages : generalStages
  const at = order.indexOf(row.state)
  const passed = stages.filter(([, done]) => order.indexOf(done) <= at).length
  const dayOf = (state: HazardState) =>
    row.timeline.find((entry) => entry.toState === state && entry.fromState !== state)?.effectiveOn
  return {
    passed,
    stages: stages.map(([title, done], index) => ({
      name: done === 'closed' && row.level === 'general' ? '验收销号' : title,
      day: index < passed ? dayOf(done) : undefined,
    })),
  }
}

/** The same in one line for a phone, where a column of steps would push everything else off the screen. */
export function stageWords(row: HazardView): string | undefined {
  const way = stagesOf(row)
  if (!way) return undefined
  const { stages, passed } = way
  const [now, next] = [stages[passed]?.name, stages[passed + 1]?.name]
  const here = now ? `第${passed + 1}步，共${stages.length}步：${now}` : `${stages.length}步全部完成`
  return next ? `${here}，下一步：${next}` : here
}

/** What stands where the deadline would, when none is running; undefined while one is. */
export function settledWords(row: HazardView): string | undefined {
  const { dueOn, closedOn, closeKind } = row
  if (row.state === 'closed') {
    const how = closeKind ? `（${closeKinds[closeKind]}）` : ''
    return `${closedOn ?? ''} 销号${how}${dueOn ? `，整改时限 ${dueOn}` : ''}`
  }
  if (!isStanding(row.state)) return ''
  return dueOn ? undefined : '尚未交办，没有整改时限'
}

/** Whose turn it is; undefined once nothing is waited for. */
export function turnWords(row: HazardView): string | undefined {
  const { unitName, leadBodyName } = row
  const body = row.assignedBodyName ?? leadBodyName
  const turns: Partial<Record<HazardState, string>> = {
    reported: `待${leadBodyName}核实`,
    registered: `待${leadBodyName}交办`,
    assigned: row.level === 'major' && row.missing.length > 0 ? `待${unitName}落实方案` : `待${unitName}开始整改`,
    rectifying: `${unitName}正在整改`,
    awaitingAcceptance: `待${body}验收`,
    awaitingReview: '待未参与整改的检查人员现场复查',
    awaitingClosure: `待${row.listing === 'none' ? '有审批权的部门' : (row.listingBodyName ?? '县安委办')}审批销号`,
  }
  return turns[row.state]
}

/** 五落实 are no question before it is known how severe a hazard is, nor after it left the database without them. */
export function showsFive(row: HazardView): boolean {
  const begun = row.plan.measures.length > 0 || row.plan.responsiblePerson !== ''
  return begun || (row.level === 'major' && row.state !== 'reported' && hazardStates[row.state].type !== 'void')
}

/** What the judgement stands on, in words. */
export function judgementWords(row: HazardView): string {
  const { kind, text } = row.judgement
  if (text) return text
  if (kind !== 'none') return '本行业没有条目化的判定标准'
  return row.state === 'reported' ? '待核实后判定' : '一般隐患，未引用判定标准'
}

export interface Condition {
  readonly done: boolean
  readonly words: string
}

function conditionsOf(row: HazardView): Condition[] {
  const at = order.indexOf(row.state)
  const reached = (state: HazardState) => at >= order.indexOf(state)
  const body = row.listingBodyName ?? '县安委办'
  return [
    { done: row.missing.length === 0, words: '五落实齐全' },
    { done: !row.interimMissing, words: '整改期间落实临时管控' },
    { done: reached('awaitingAcceptance'), words: '申请验收，附整改后的照片或材料' },
    { done: reached('awaitingReview'), words: '责任部门验收通过' },
    { done: reached('awaitingClosure'), words: '现场复查合格并有复查记录' },
    ...(row.stopOrders.length > 0 ? [{ done: !row.stopped, words: '停产停业已解除，恢复生产经营' }] : []),
    { done: false, words: row.listing === 'none' ? '审批销号' : `由挂牌机关（${body}）审批销号` },
  ]
}

/** What is still needed before a major hazard may be closed; undefined where that is no question. */
export function closingConditions(row: HazardView): readonly Condition[] | undefined {
  if (row.level !== 'major' || !isStanding(row.state) || row.state === 'reported') return undefined
  return conditionsOf(row)
}

export const separationWords = '整改人不得验收、复查和审批，复查人不得审批。'

function stopWords(row: HazardView): string[] {
  const order = row.stopOrders.findLast(({ liftedOn }) => liftedOn === null)
  if (!order || !isStanding(row.state)) return []
  const next = order.resumeAskedOn
    ? `单位 ${order.resumeAskedOn} 已申请恢复，等待现场审查`
    : '恢复前须由单位申请、经现场审查合格'
  return [`${order.on} 已责令停产停业：${order.scope}。${next}`]
}

/** What stands out before anything else: what is missing, what waits, where it went. */
export function standingWords(row: HazardView): string[] {
  const standing = isStanding(row.state)
  const words: string[] = []
  if (standing && row.level === 'major' && row.missing.length > 0)
    words.push('五落实尚未齐全，补齐后才能开始整改、申请验收')
  if (standing && row.interimMissing) words.push('重大隐患未销号期间必须落实临时管控措施，目前没有填写')
  if (row.extensions.some((extension) => extension.decision === 'pending')) words.push('有一份延期申请等待审批')
  words.push(...stopWords(row))
  if (row.reinspection === 'drawn') words.push('本条被随机抽中复核，等待现场复核')
  if (row.routeReason && standing) words.push(row.routeReason)
  if (row.ending) words.push(`${row.ending.on} ${row.ending.by}：${row.ending.reason}`)
  return words
}
