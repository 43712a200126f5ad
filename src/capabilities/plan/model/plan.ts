import type { Day } from '#kernel/time.ts'
import type { OutlineFile, PackClause } from './pack.ts'
import { collectives, type SectionGroup } from './terms.ts'

/** A tile of the wall: a measure, a stage, a safeguard, the goals, the notice. */
export interface Section {
  readonly id: string
  readonly group: SectionGroup
  readonly title: string
  /** Ids of bodies, or words for many of them. */
  readonly lead: readonly string[]
  /** The action a measure belongs to. */
  readonly action: string | null
  readonly from: Day | null
  readonly to: Day | null
}

export interface Clause extends PackClause {
  /** Id of its section. */
  readonly section: string
  /** Days before which nothing is expected, and by which all must be done; from its window, its day or its stage. */
  readonly from: Day | null
  readonly by: Day | null
}

/** The plan of a pack, put together and in its order. */
export interface Plan {
  readonly actions: readonly { readonly id: string; readonly title: string }[]
  readonly sections: readonly Section[]
  readonly clauses: readonly Clause[]
}

export interface StageDays {
  readonly id: string
  readonly from: Day
  readonly to: Day
}

export const sectionOf = (clauseId: string): string => clauseId.slice(0, clauseId.indexOf('-'))

export function planOf(outline: OutlineFile, rows: readonly PackClause[], stages: readonly StageDays[]): Plan {
  const measures: Section[] = outline.actions.flatMap((action) =>
    action.measures.map((measure) => ({
      ...measure,
      group: 'measure' as const,
      action: action.id,
      from: null,
      to: null,
    })),
  )
  const others: Section[] = outline.sections.map(({ stage, ...section }) => {
    const days = stages.find(({ id }) => id === stage)
    return { ...section, action: null, from: days?.from ?? null, to: days?.to ?? null }
  })
  const leading = others.filter(({ group }) => group === 'notice' || group === 'goal')
  const sections = [...leading, ...measures, ...others.filter((section) => !leading.includes(section))]
  const days = new Map(sections.map((section) => [section.id, section]))
  const order = new Map(sections.map(({ id }, at) => [id, at]))
  const clauses = rows.map((row): Clause => {
    const section = sectionOf(row.id)
    const whole = days.get(section)
    return {
      ...row,
      section,
      from: row.window?.from ?? (row.due ? null : (whole?.from ?? null)),
      by: row.due ?? row.window?.to ?? whole?.to ?? null,
    }
  })
  const place = ({ section }: Clause) => order.get(section) ?? sections.length
  return {
    actions: outline.actions.map(({ id, title }) => ({ id, title })),
    sections,
    clauses: clauses.sort((a, b) => place(a) - place(b)),
  }
}

/** What a row of the plan is wrong about, and where; `clause` null concerns the outline. */
export interface PlanProblem {
  readonly clause: string | null
  readonly field: string
  readonly words: string
}

export interface Surroundings {
  readonly bodies: ReadonlySet<string>
  readonly stages: ReadonlySet<string>
  /** Ids of the mechanisms there are, and the clauses each names itself. */
  readonly mechanisms: ReadonlyMap<string, readonly string[]>
}

/** What contradicts the rest of the pack, or the rule that every row is served or waits for something. */
export function planProblems(
  outline: OutlineFile,
  rows: readonly PackClause[],
  { bodies, stages, mechanisms }: Surroundings,
) {
  const problems: PlanProblem[] = []
  const say = (clause: string | null, field: string, words: string) => problems.push({ clause, field, words })
  const knownBody = (clause: string | null, field: string, id: string) => {
    if (!bodies.has(id) && !(id in collectives)) {
      const many = Object.keys(collectives).join('、')
      say(clause, field, `机构“${id}”不在 bodies.yaml 里。请先在其中登记，或改用 ${many}`)
    }
  }
  const listed = [...outline.sections, ...outline.actions.flatMap(({ measures }) => measures)]
  const sections = new Set(listed.map(({ id }) => id))
  for (const id of twice(listed.map((section) => section.id))) say(null, id, `编号“${id}”写了两次，请改其中一个`)
  for (const section of listed) for (const id of section.lead) knownBody(null, section.id, id)
  for (const { id, stage } of outline.sections) {
    if (stage && !stages.has(stage)) say(null, id, `阶段“${stage}”不在 pack.yaml 的 stages 里，请改成其中一个的 id`)
  }
  const named = new Set([...mechanisms.values()].flat())
  for (const id of twice(rows.map((row) => row.id))) say(id, 'id', `条款编号“${id}”写了两次，请改其中一个`)
  for (const row of rows) {
    if (!sections.has(sectionOf(row.id))) {
      say(row.id, 'id', `所属编号“${sectionOf(row.id)}”不在 outline.yaml 里，请改编号或在其中增加一项`)
    }
    for (const id of row.bodies) knownBody(row.id, 'bodies', id)
    for (const id of row.mechanisms ?? []) {
      if (!mechanisms.has(id))
        say(row.id, 'mechanisms', `没有机制“${id}”。可用 zhiben plan coverage --mechanisms 查看有哪些`)
    }
    if (!row.mechanisms && !row.later && !named.has(row.id)) {
      say(row.id, 'id', `条款 ${row.id} 没有落实机制，也没有写等待什么。请写 mechanisms: [机制编号]，或 later: 功能`)
    }
  }
  return problems
}

export function twice(keys: readonly string[]): string[] {
  const seen = new Set<string>()
  return [...new Set(keys.filter((key) => seen.size === seen.add(key).size))]
}
