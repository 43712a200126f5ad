import { inlinePoints } from '#kernel/document/markers.ts'
import { type Clause, titleOf } from './outline.ts'

/** What a part of a plan is for. */
export type SectionRole = 'goals' | 'tasks' | 'stages' | 'safeguards' | 'matrix' | 'other'

export interface Part {
  /** As it is numbered in the plan: 16, or 2 where the numbers begin anew in every action. */
  readonly number: number
  readonly heading: string
  readonly clause: Clause
}

export type Measure = Part

export interface Action extends Part {
  readonly measures: readonly Measure[]
}

export interface Structure {
  readonly actions: readonly Action[]
  readonly measures: readonly Measure[]
  readonly stages: readonly Part[]
  readonly safeguards: readonly Part[]
  readonly goals: readonly Clause[]
}

/** In the order they are tried: a heading may name two things (目标任务, 总体要求和工作目标). */
const roles: readonly (readonly [SectionRole, RegExp])[] = [
  ['goals', /总体要求|目标(?!责任|考核)|指导思想|总体思路|工作思路|基本原则/],
  ['matrix', /(?:职责|责任|任务)分工/],
  ['stages', /步骤|进度要求|(?:进度|时间|阶段|时序|推进|工作)安排|工作进度|实施阶段|工作阶段|阶段划分|时间节点/],
  ['safeguards', /保障|(?:工作|有关|相关|几点|实施|组织|落实)要求|组织(?:实施|领导|推进)|工作机制|要求$/],
  ['tasks', /任务|措施|举措|(?:工作|整治|重点|治理|行动|主要)内容|(?:整治|工作)重点|(?:重点|主要)工作|大行动|行动$/],
]

const stageHead = /阶段|（20\d{2}年\d{1,2}月/

/** What a section is for, by its heading; parts that are stages, each with its months, make it one of stages. */
function roleOf(clause: Clause): SectionRole {
  const named = roles.find(([, form]) => form.test(titleOf(clause)))?.[0] ?? 'other'
  const staged = clause.children.filter(({ text }) => stageHead.test(text.slice(0, 40))).length
  return named !== 'tasks' && staged >= 2 && staged * 3 >= clause.children.length * 2 ? 'stages' : named
}

const partOf = (clause: Clause, number = clause.marker?.number ?? 0): Part => ({
  number,
  heading: titleOf(clause),
  clause,
})

/** The numbered parts of a clause; points within its paragraph (一是…；二是…) when it has no others. */
function partsOf(clause: Clause): Part[] {
  if (clause.children.length > 0) return clause.children.map((child) => partOf(child))
  return inlinePoints(clause.text).map(({ number, text }) => {
    const made: Clause = { marker: null, heading: '', text, line: clause.line, children: [] }
    return { number, heading: titleOf(made), clause: made }
  })
}

const stageWord = /阶段|时期|（20\d{2}年/

function stagesIn(section: Clause): Part[] {
  const parts = partsOf(section)
  const named = (list: readonly Part[]) => list.filter(({ clause }) => stageWord.test(clause.text.slice(0, 60)))
  if (named(parts).length > 0) return named(parts)
  // 实施步骤 may hold one more level: （一）2024年 … with the stages below it.
  const deeper = named(parts.flatMap(({ clause }) => partsOf(clause)))
  return deeper.length > 0 ? deeper : parts.length > 0 ? parts : stagesSaid(section)
}

/** 2024年4月底前为动员部署期；2024年5月至…为攻坚实施期: stages that are sentences of one paragraph. */
function stagesSaid({ text, line }: Clause): Part[] {
  const parts = text.split(/[。；\n]/).filter((one) => one.trim() !== '')
  const dated = parts.filter((one) => /^\D{0,12}20\d{2}年/.test(one))
  // The heading of the section stands ahead of them.
  const whole = /20\d{2}年/.test(parts[0] ?? '') ? parts : parts.slice(1)
  const said = dated.length === whole.length ? dated : dated.filter((one) => /期|阶段/.test(one))
  return said.length < 2
    ? []
    : said.map((one, at) => partOf({ marker: null, heading: '', text: one, line, children: [] }, at + 1))
}

const actionOf = (part: Part): Action => ({ ...part, measures: partsOf(part.clause) })
const actionName = /行动$|行动（|攻坚战$/

interface Section {
  readonly clause: Clause
  readonly role: SectionRole
}

/** Parts (第一部分) that only hold sections stand above the sections of a plan. */
function sectionsOf(root: Clause): Section[] {
  const top = root.children.map((clause) => ({ clause, role: roleOf(clause) }))
  return top.flatMap((section) => {
    const below = section.clause.children.map((clause) => ({ clause, role: roleOf(clause) }))
    const holds = new Set(below.map(({ role }) => role)).size > 2 && section.role === 'other'
    return holds ? below : [section]
  })
}

/** Finds the actions with their measures, the stages and the safeguards of a plan. */
export function structureOf(root: Clause): Structure {
  const sections = sectionsOf(root)
  const of = (role: SectionRole) => sections.filter((one) => one.role === role).map(({ clause }) => clause)
  const safeguards = (of('safeguards').length > 0 ? of('safeguards') : lastOf(sections)).flatMap(partsOf)
  const { actions, measures } = tasksIn(taskSections(sections))
  return { actions, measures, stages: stagesOf(sections), safeguards, goals: of('goals') }
}

/** How a plan is made sure of stands last in it, whatever it is called. */
function lastOf(sections: readonly Section[]): Clause[] {
  const last = sections.findLast(({ clause }) => partsOf(clause).length > 0)
  return sections.length > 2 && last?.role === 'other' ? [last.clause] : []
}

/** The section of stages, or one within another section (（三）实施步骤). */
function stagesOf(sections: readonly Section[]): Part[] {
  const own = sections.filter(({ role }) => role === 'stages').flatMap(({ clause }) => stagesIn(clause))
  if (own.length > 0) return own
  return sections
    .filter(({ role }) => role !== 'tasks')
    .flatMap(({ clause }) => clause.children)
    .filter((clause) => roleOf(clause) === 'stages')
    .flatMap(stagesIn)
}

const sizeOf = (clause: Clause): number => clause.children.reduce((sum, child) => sum + 1 + sizeOf(child), 0)

/** What is called tasks; in a plan that calls nothing so, the actions at its top, or the part that holds the most. */
function taskSections(sections: readonly Section[]): Clause[] {
  const named = sections.filter(({ role, clause }) => role === 'tasks' && partsOf(clause).length > 0)
  if (named.length > 0) return named.map(({ clause }) => clause)
  const end = lastOf(sections)
  const many = sections.flatMap(({ role, clause }) =>
    role === 'other' && clause.children.length > 0 && !end.includes(clause) ? [clause] : [],
  )
  // 一、压实责任 1. 2. 二、整治隐患 3. 4.: numbers that count on across sections make one work of them.
  if (many.length > 1 && many.every((clause, at) => at === 0 || countsOn(many[at - 1], clause))) return many
  const free = sections.filter(({ role }) => role === 'other' || role === 'goals').map(({ clause }) => clause)
  const most = free.reduce((size, clause) => Math.max(size, sizeOf(clause)), 0)
  return most < 3 ? [] : free.filter((clause) => sizeOf(clause) === most).slice(0, 1)
}

const countsOn = (before: Clause | undefined, { children }: Clause) => {
  const [last, first] = [before?.children.at(-1)?.marker, children[0]?.marker]
  return last !== undefined && last?.kind === first?.kind && first?.number === (last?.number ?? 0) + 1
}

function tasksIn(sections: readonly Clause[]): Pick<Structure, 'actions' | 'measures'> {
  // 一、…行动 二、…行动 at the top: every section is an action.
  const counted = sections.length > 1 && sections.every((clause, at) => at === 0 || countsOn(sections[at - 1], clause))
  const eachOne = counted || (sections.length > 2 && sections.every((clause) => actionName.test(titleOf(clause))))
  const parts = eachOne ? sections.map((clause) => partOf(clause)) : sections.flatMap(partsOf)
  const grown = parts.some(({ clause }) => clause.children.length > 0)
  const named = parts.filter(({ heading }) => actionName.test(heading)).length
  if (!eachOne && !grown && named * 2 < parts.length) return { actions: [], measures: parts }
  const actions = parts.map(actionOf)
  return { actions, measures: actions.flatMap((action) => action.measures) }
}
