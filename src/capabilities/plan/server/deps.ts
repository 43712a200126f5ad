import type { Day } from '#kernel/time.ts'
import type { ExportDesk, Mechanism, MechanismSource, QueryContext } from '#platform/module/module.ts'
import type { Outcomes, Plan, Problems } from '../model/index.ts'

export interface PlanDeps {
  readonly plan: Plan
  /** Of the plan, as its cover says it. */
  readonly title: string
  /** Everything that may serve a clause, and whom to ask how it stood. */
  readonly mechanisms: () => readonly Mechanism[]
  readonly sources: () => readonly MechanismSource[]
  readonly bodyName: (id: string) => string
  /** The bodies that 各乡镇（开发区）, 各部门 stand for now; units are no bodies. */
  readonly supervised: () => readonly string[]
  readonly departments: () => readonly string[]
  /** 共性问题 among the viewer's hazards. */
  readonly problems: (
    context: QueryContext,
    question: { readonly asOf: Day; readonly area?: string; readonly body?: string },
  ) => Promise<Problems>
  /** 制度成果 among the items the viewer may see. */
  readonly outcomes: (
    context: QueryContext,
    question: { readonly asOf: Day; readonly area?: string; readonly body?: string },
  ) => Promise<Outcomes>
  readonly exports: ExportDesk
}
