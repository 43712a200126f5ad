import type { Directory, Reference } from '#capabilities/directory/model/index.ts'
import type { Day } from '#kernel/time.ts'
import type { Reader } from '#platform/db/tables.ts'
import type { Files } from '#platform/files/files.ts'
import type { MechanismSource } from '#platform/module/module.ts'
import type { PackTasks } from '../model/index.ts'

export interface PlanStage {
  readonly id: string
  readonly name: string
  readonly from: Day
  readonly to: Day
  readonly clause: string
}

export interface TaskDeps {
  readonly county: string
  readonly directory: Directory<Reader> & { readonly index: { readonly reference: Reference } }
  readonly files: Pick<Files, 'bind' | 'list' | 'count'>
  /** What the county's pack asks for. */
  readonly plan: PackTasks
  readonly planIssuedOn: Day
  readonly stages: readonly PlanStage[]
  /** Of all capabilities; asked late, when all modules are there. */
  readonly mechanisms: () => readonly MechanismSource[]
}
