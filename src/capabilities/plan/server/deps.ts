import type { ExportDesk, Mechanism, MechanismSource } from '#platform/module/module.ts'
import type { Plan } from '../model/index.ts'

export interface PlanDeps {
  readonly plan: Plan
  /** Everything that may serve a clause, and whom to ask how it stood. */
  readonly mechanisms: () => readonly Mechanism[]
  readonly sources: () => readonly MechanismSource[]
  readonly bodyName: (id: string) => string
  /** The bodies that 各乡镇（开发区）, 各部门 stand for now; units are no bodies. */
  readonly supervised: () => readonly string[]
  readonly departments: () => readonly string[]
  readonly exports: ExportDesk
}
