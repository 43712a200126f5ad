import { z } from 'zod'
import { isDay } from '#kernel/time.ts'
import { meetingKindIds } from './meeting/terms.ts'
import { Population } from './population.ts'
import { taskKindIds } from './terms.ts'

const Day = z.string().refine(isDay, '日期应为真实存在的 年-月-日，如 2024-03-29')
const Text = z.string().trim().min(1, '不能为空')
const Key = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, '代码应为小写英文加连字符，如 sub-plan')
const Clauses = z.array(Text).min(1, '至少写明一条方案条款，如 P1-3')
const BodyIds = z.array(Key).default([])
const MonthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, '应写成 月-日 并加引号，如 "03-31"')

/** Due once, on a day; or every year, on the same day of these years. */
const Due = z.union(
  [
    z.strictObject({ on: Day, issued: Day.optional() }),
    z.strictObject({
      every: z.literal('year'),
      on: MonthDay,
      issued: MonthDay,
      years: z.array(z.int().min(2000).max(2100)).min(1),
    }),
  ],
  '期限应写成 { on: 年-月-日 }，或 { every: year, on: "月-日", issued: "月-日", years: [2024, 2025] }',
)

/** One task or filing of the plan: asked of each body of its population. */
export const PackTask = z.strictObject({
  id: Key,
  kind: z.enum(taskKindIds, '类别只能是 task（任务）或 filing（备案）'),
  title: Text.max(120),
  content: z.string().trim().max(2000).default(''),
  evidence: Text.max(300),
  clauses: Clauses,
  who: Population,
  co: BodyIds,
  due: Due,
})
export type PackTask = z.infer<typeof PackTask>

/** Meetings that have to be held: by each body of the population, so many times in each period from a day to a day. */
export const PackMeeting = z.strictObject({
  id: Key,
  title: Text,
  kind: z.enum(meetingKindIds, `会议类别只能是 ${meetingKindIds.join('、')}`),
  clauses: Clauses,
  who: Population,
  every: z.enum(['once', 'quarter', 'halfYear', 'year'], '频次只能是 once、quarter、halfYear 或 year'),
  times: z.int().min(1).default(1),
  from: Day,
  to: Day,
})
export type PackMeeting = z.infer<typeof PackMeeting>

/** 一件事 of a sector: its links, each with the body that leads it; a link without one is a gap, and shown as such. */
export const PackChain = z.strictObject({
  id: Key,
  title: Text,
  sector: Text,
  lead: Key,
  clauses: Clauses,
  links: z
    .array(z.strictObject({ name: Text, lead: Key.nullable(), co: BodyIds, note: z.string().trim().default('') }))
    .min(2, '一件事至少有两个环节'),
})
export type PackChain = z.infer<typeof PackChain>

/** What a stage of the plan must have produced; `by` names the mechanisms that tell whether it has. */
export const PackStageProduct = z.strictObject({
  stage: Text,
  title: Text,
  clauses: Clauses,
  by: z
    .array(z.string().regex(/^[a-z]+:[a-z0-9A-Z.-]+$/, '应写成 类别:代码，如 task:sub-plan'))
    .min(1, '至少写明一项 by，如 task:sub-plan'),
})
export type PackStageProduct = z.infer<typeof PackStageProduct>

/** The files of packs/<plan>/tasks/, by name; each may be left out. */
export const taskFiles = {
  'tasks.yaml': z.strictObject({ tasks: z.array(PackTask) }),
  'filings.yaml': z.strictObject({ tasks: z.array(PackTask) }),
  'meetings.yaml': z.strictObject({ meetings: z.array(PackMeeting) }),
  'chains.yaml': z.strictObject({ chains: z.array(PackChain) }),
  'stages.yaml': z.strictObject({ products: z.array(PackStageProduct) }),
} as const

export interface PackTasks {
  readonly tasks: readonly PackTask[]
  readonly meetings: readonly PackMeeting[]
  readonly chains: readonly PackChain[]
  readonly products: readonly PackStageProduct[]
}

/** One time something of the pack is due: `period` is '' for what is due once. */
export interface Occasion {
  readonly period: string
  readonly issued: string
  readonly due: string
}

/** The times a task of the pack is due; nothing is issued before the plan itself. */
export function occasionsOf({ due }: PackTask, planIssued: string): Occasion[] {
  const notBefore = (day: string) => (day < planIssued ? planIssued : day)
  if (!('every' in due)) return [{ period: '', issued: notBefore(due.issued ?? planIssued), due: due.on }]
  return due.years.map((year) => ({
    period: String(year),
    issued: notBefore(`${year}-${due.issued}`),
    due: `${year}-${due.on}`,
  }))
}

interface Known {
  readonly bodies: ReadonlySet<string>
  readonly sectors: ReadonlySet<string>
  readonly stages: ReadonlySet<string>
  /** Everything a stage's product may be told by. */
  readonly mechanisms: ReadonlySet<string>
}

/** What one entry is wrong about: its list, the how manieth of it, the place within it, and what to do. */
export interface TaskFault {
  readonly list: keyof PackTasks
  readonly nth: number
  readonly path: readonly (string | number)[]
  readonly words: string
}

/** What contradicts itself, or the rest of the pack, though each entry is well formed; each says what to do. */
export function taskProblems(pack: PackTasks, known: Known): TaskFault[] {
  const { tasks, meetings, chains, products } = pack
  const faults: TaskFault[] = []
  const say = (list: keyof PackTasks, nth: number, path: TaskFault['path'], words: string) =>
    faults.push({ list, nth, path, words })
  const body = (list: keyof PackTasks, nth: number, path: TaskFault['path'], id: string | null) => {
    if (id !== null && !known.bodies.has(id)) say(list, nth, path, `机构“${id}”不在 bodies.yaml 里，请改正或先补登机构`)
  }
  const seen = new Set<string>()
  for (const list of ['tasks', 'meetings', 'chains'] as const) {
    for (const [nth, { id }] of pack[list].entries()) {
      if (seen.has(id)) say(list, nth, ['id'], `任务代码“${id}”写了两次，请改其中一个`)
      seen.add(id)
    }
  }
  for (const list of ['tasks', 'meetings'] as const) {
    for (const [nth, { who }] of pack[list].entries()) {
      for (const [at, id] of (who.bodies ?? []).entries()) body(list, nth, ['who', 'bodies', at], id)
      for (const [at, id] of who.except.entries()) body(list, nth, ['who', 'except', at], id)
    }
  }
  for (const [nth, task] of tasks.entries()) {
    for (const [at, id] of task.co.entries()) body('tasks', nth, ['co', at], id)
    const late = occasionsOf(task, '0000-01-01').some(({ issued, due }) => !isDay(due) || issued > due)
    if (late) say('tasks', nth, ['due'], '下达日期晚于完成期限，或没有这一天，请核对')
  }
  for (const [nth, { from, to }] of meetings.entries()) {
    if (from > to) say('meetings', nth, ['from'], 'from 晚于 to，请对调')
  }
  for (const [nth, { lead, sector, links }] of chains.entries()) {
    if (!known.sectors.has(sector)) {
      say('chains', nth, ['sector'], `行业领域“${sector}”不在 sectors.yaml 里，请改正或先补登`)
    }
    body('chains', nth, ['lead'], lead)
    for (const [at, link] of links.entries()) {
      body('chains', nth, ['links', at, 'lead'], link.lead)
      for (const [of, id] of link.co.entries()) body('chains', nth, ['links', at, 'co', of], id)
    }
  }
  for (const [nth, { stage, by }] of products.entries()) {
    if (!known.stages.has(stage)) {
      say('products', nth, ['stage'], `阶段“${stage}”不在 pack.yaml 的 stages 里，请改成其中一个的 id`)
    }
    for (const [at, id] of by.entries()) {
      if (known.mechanisms.has(id)) continue
      say('products', nth, ['by', at], `没有机制“${id}”，可用 zhiben plan coverage --mechanisms 查看有哪些`)
    }
  }
  return faults
}
