import { type Paragraph, paragraphsOf } from '#kernel/document/lines.ts'
import type { Day } from '#kernel/time.ts'
import { type AssignmentFind, assignmentsIn } from './assignments.ts'
import { type BodyIndex, bodyIndex, bodyOf, type KnownBody, type SubjectFind, subjectsIn } from './bodies.ts'
import { type DateFind, type DateFrame, datesIn, dueIn } from './dates.ts'
import { isFurniture, type Letter, letterOf, titleIn } from './letter.ts'
import { type Clause, outlineOf } from './outline.ts'
import { type DocumentParts, documentParts } from './parts.ts'
import { type QuotaFind, quotasIn } from './quotas.ts'
import { type TaskRow, taskRowsOf } from './rows.ts'
import { type Part, type Structure, structureOf } from './structure.ts'

/** What one clause of the document says, each find with where it stands in the clause's text. */
export interface ClauseFinds {
  /** Where the clause stands: 二（三）16; 来文 for the letter, 前言 for what stands before the first number. */
  readonly path: string
  readonly clause: Clause
  readonly dates: readonly DateFind[]
  readonly quotas: readonly QuotaFind[]
  readonly subjects: readonly SubjectFind[]
  readonly assignments: readonly AssignmentFind[]
  /** Papers the clause names, without their 《》. */
  readonly documents: readonly string[]
}

/** A row of a table that says who does what, with the dates of its deadline column and of its tasks. */
export interface RowFinds extends TaskRow {
  readonly dates: readonly DateFind[]
  readonly quotas: readonly QuotaFind[]
}

/** Who leads what: one relation per body and matter. */
export interface LeadFind {
  readonly role: 'lead' | 'responsible'
  readonly body: string
  readonly bodyId: string | null
  /** The sector, the row of a table, or the heading of the clause. */
  readonly matter: string
  /** Somebody else leads the same matter with it. */
  readonly joint: boolean
}

/** A stage with the days its heading says; null where it says none. */
export interface Stage extends Part {
  readonly from: Day | null
  readonly to: Day | null
}

export interface PlanReading {
  readonly letter: Letter
  readonly outline: Clause
  readonly structure: Structure
  readonly stages: readonly Stage[]
  /** First and last year of the plan; 0 where the document names none. */
  readonly years: readonly [number, number]
  readonly finds: readonly ClauseFinds[]
  readonly rows: readonly RowFinds[]
  readonly leads: readonly LeadFind[]
  readonly counts: PlanCounts
}

export interface PlanCounts {
  readonly actions: number
  readonly measures: number
  readonly stages: number
  readonly safeguards: number
  readonly leadBodies: number
  readonly leadRelations: number
  readonly deadlines: number
  readonly frequencies: number
}

const spanOfYears = /(20\d{2})年?(?:[-—–~～]{1,2}|至|到)(20\d{2})年/

/** 现就2025年有关工作通知如下: one year of a longer plan. */
const oneYear =
  /(?:现就|做好|抓好)[^。；]{0,12}?(20\d{2})年(?!\d|[至到—-])[^。；]{0,24}(?:通知|要点|工作|安排|任务|措施|方案)/

/** The years a plan is for: said in its title, in what stands ahead of it, else the first span or all years of its text. */
export function yearsOf(text: string, title: string | null): [number, number] {
  const titled = spanOfYears.exec(title ?? '') ?? /(20\d{2})年度?(?!印发)/.exec(title ?? '')
  if (titled) return [Number(titled[1]), Number(titled[2] ?? titled[1])]
  const one = oneYear.exec(text.slice(0, 1500))
  if (one) return [Number(one[1]), Number(one[1])]
  const span = spanOfYears.exec(text)
  if (span) return [Number(span[1]), Number(span[2])]
  let [first, last] = [0, 0]
  for (const match of text.matchAll(/(?<!\d)(20\d{2})年/g)) {
    const year = Number(match[1])
    first = first === 0 ? year : Math.min(first, year)
    last = Math.max(last, year)
  }
  return [first, last]
}

/** The days of a stage as its heading says them: （2024年1月至4月）, or the last day when only 4月底前 is said. */
export function stageDays(text: string, frame: DateFrame): { from: Day | null; to: Day | null } {
  // （一）启动部署。2024年5月底前，…: what follows the heading begins with it.
  const [heading = '', next = ''] = text.slice(0, 120).split('。')
  const found = [heading, next.slice(0, 30)]
    .flatMap((words) => datesIn(words, frame))
    .find(({ kind, to }) => kind !== 'recurring' && to !== null)
  return { from: found?.from ?? null, to: found?.to ?? null }
}

const named = /《([^《》]{2,60})》/g

interface Around {
  readonly frame: DateFrame
  readonly index: BodyIndex
}

function findsOf(clause: Clause, path: string, { frame, index }: Around): ClauseFinds {
  const { text } = clause
  if (text.length < 4) return { path, clause, dates: [], quotas: [], subjects: [], assignments: [], documents: [] }
  return {
    path,
    clause,
    dates: datesIn(text, frame),
    quotas: quotasIn(text),
    subjects: subjectsIn(text, index),
    assignments: assignmentsIn(text, index),
    documents: [...new Set([...text.matchAll(named)].map((match) => match[1] ?? ''))],
  }
}

interface Walked {
  readonly clause: Clause
  readonly path: string
  readonly frame: DateFrame
}

/** All clauses below one, each with its path and with how a date without a year is read in it. */
function walk(clause: Clause, above: string, frame: DateFrame, own: ReadonlyMap<Clause, DateFrame>): Walked[] {
  return clause.children.flatMap((child) => {
    const path = `${above}${child.marker?.words.replace(/[、.．：，]$/, '') ?? ''}`
    const of = own.get(child) ?? frame
    return [
      { clause: child, path, frame: of },
      ...walk(child, /[\p{Script=Han}\d]$/u.test(path) ? `${path}.` : path, of, own),
    ]
  })
}

/** The sentences outside any number, such as those of the letter; titles and signatures are left out. */
function loose(paragraphs: readonly Paragraph[]): Clause {
  const texts = paragraphs.filter(({ text, cells }) => !cells && text.includes('。') && !isFurniture(text))
  const text = texts.map((one) => one.text).join('\n')
  return { marker: null, heading: '', text, line: texts[0]?.line ?? 1, children: [] }
}

/** Stages tell the year of the dates within them; what stands outside the tasks may be due soon after the letter. */
function framesOf(structure: Structure, stages: readonly Stage[], frame: DateFrame): Map<Clause, DateFrame> {
  const frames = new Map<Clause, DateFrame>()
  for (const { clause } of structure.safeguards) frames.set(clause, { ...frame, soon: true })
  for (const { clause, from, to } of stages)
    frames.set(clause, { ...frame, window: from && to ? { from, to } : null, soon: true })
  return frames
}

const labelLine = /^[【（[〔]?(?:牵头|主办|主责|责任|配合|协办)(?:责任)?(?:单位|部门|主体|科室|股室|处室|领导)[：]/

/** Of the assignments of a clause those that stand on lines of their own below its text. */
const ownLines = ({ clause, assignments }: ClauseFinds) =>
  assignments.filter(({ at }) => {
    const start = clause.text.lastIndexOf('\n', at) + 1
    return start > 0 && labelLine.test(clause.text.slice(start, start + 20))
  })

/** 牵头单位：… on lines below the last measure of every action, and of no other, is said of the whole action. */
function liftedToActions(finds: readonly ClauseFinds[], { actions }: Structure): ClauseFinds[] {
  const of = new Map(finds.map((find) => [find.clause, find]))
  const groups = actions.map(({ clause, measures }) => ({
    action: of.get(clause),
    own: measures.flatMap((measure) => of.get(measure.clause) ?? []),
  }))
  const silent = groups.every(({ own }) => own.slice(0, -1).every((find) => ownLines(find).length === 0))
  if (!silent || !groups.some(({ own }) => own.length > 1)) return [...finds]
  for (const { action, own } of groups) {
    const last = own.at(-1)
    const lifted = last ? ownLines(last) : []
    if (!last || !action || lifted.length === 0) continue
    of.set(action.clause, { ...action, assignments: [...action.assignments, ...lifted] })
    of.set(last.clause, { ...last, assignments: last.assignments.filter((one) => !lifted.includes(one)) })
  }
  return finds.map((find) => of.get(find.clause) ?? find)
}

function leadsOf(finds: readonly ClauseFinds[], rows: readonly RowFinds[], index: BodyIndex): LeadFind[] {
  const found = new Map<string, Omit<LeadFind, 'joint'>>()
  const add = (one: Omit<LeadFind, 'joint'>) => found.set(`${one.body}|${one.matter}`, one)
  for (const { clause, assignments } of finds)
    for (const { role, body, bodyId, matter } of assignments)
      if (role === 'lead' || (role === 'responsible' && matter !== null))
        add({ role, body, bodyId, matter: matter ?? (clause.heading || clause.text.slice(0, 30)) })
  for (const { task, who } of rows)
    for (const { role, body } of who)
      if (role === 'lead') add({ role, body, bodyId: bodyOf(body, index), matter: task })
  const all = [...found.values()]
  const times = new Map<string, number>()
  for (const { matter } of all) times.set(matter, (times.get(matter) ?? 0) + 1)
  return all.map((one) => ({ ...one, joint: (times.get(one.matter) ?? 0) > 1 }))
}

/**
 * Reads a plan: its letter, its outline, and of every clause who has to do what, until when and how often. Pure and total:
 * any text is read, and what is not found is not there. A document whose paragraphs are known already, such as a Word
 * file, is given as them.
 */
export function readPlan(source: string | readonly Paragraph[], known: readonly KnownBody[] = []): PlanReading {
  const paragraphs = typeof source === 'string' ? paragraphsOf(source) : source
  const parts = documentParts(paragraphs)
  const outline = outlineOf(parts.plan)
  const structure = structureOf(outline)
  const title = titleIn(textsOf(parts.letter), outline.text.split('\n'))
  const letter = letterOf(paragraphs, title)
  const years = yearsOf(paragraphs.map(({ text }) => text).join('\n'), title)
  const frame: DateFrame = { years, window: null, letterDate: letter.date, soon: false }
  const stages = structure.stages.map((part) => ({ ...part, ...stageDays(part.clause.text, frame) }))
  const index = bodyIndex(known)
  const finds = liftedToActions(
    findsIn(parts, outline, { frame, index }, framesOf(structure, stages, frame)),
    structure,
  )
  const rows = taskRowsOf(paragraphs).map((row) => ({
    ...row,
    dates: [...datesIn(row.task, frame), ...(row.due ? dueIn(row.due, { ...frame, soon: true }) : [])],
    quotas: quotasIn(row.task),
  }))
  const leads = leadsOf(finds, rows, index)
  return {
    letter,
    outline,
    structure,
    stages,
    years,
    finds,
    rows,
    leads,
    counts: countsOf(structure, finds, rows, leads),
  }
}

const textsOf = (paragraphs: readonly Paragraph[]) => paragraphs.filter(({ cells }) => !cells).map(({ text }) => text)

function findsIn(
  { letter, plan, annexes }: DocumentParts,
  outline: Clause,
  around: Around,
  own: Map<Clause, DateFrame>,
) {
  const { frame, index } = around
  const soon = { frame: { ...frame, soon: true }, index }
  const head = plan.slice(
    0,
    plan.findIndex(({ line }) => line === outline.children[0]?.line),
  )
  const ahead = [findsOf(loose(letter), '来文', soon), findsOf(loose(head), '前言', soon)].filter(
    ({ clause }) => clause.text !== '',
  )
  const below = annexes.flatMap((annex, at) => walk(outlineOf(annex), `附件${at + 1}：`, frame, own))
  const clauses = [...walk(outline, '', frame, own), ...below]
  return [...ahead, ...clauses.map((one) => findsOf(one.clause, one.path, { frame: one.frame, index }))]
}

function countsOf(
  structure: Structure,
  finds: readonly ClauseFinds[],
  rows: readonly RowFinds[],
  leads: readonly LeadFind[],
): PlanCounts {
  const dated = [...finds, ...rows]
  return {
    actions: structure.actions.length,
    measures: structure.measures.length,
    stages: structure.stages.length,
    safeguards: structure.safeguards.length,
    leadBodies: new Set(leads.map(({ body, bodyId }) => bodyId ?? body)).size,
    leadRelations: leads.length,
    deadlines: dated.reduce((sum, { dates }) => sum + dates.length, 0),
    frequencies: dated.reduce((sum, { quotas }) => sum + quotas.length, 0),
  }
}
