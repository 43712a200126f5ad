import type { Directory, Reference } from '#capabilities/directory/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import type { Reader } from '#platform/db/tables.ts'
import type { MechanismSource } from '#platform/module/module.ts'
import type { Environment } from '#platform/parameters/environment.ts'
import type { PackReturns } from '../model/index.ts'

export interface ProgressDeps {
  readonly county: string
  readonly directory: Directory<Reader> & { readonly index: { readonly reference: Reference } }
  readonly environment: Environment
  /** Undefined where the plan asks for no returns. */
  readonly returns: PackReturns | undefined
  /** Of all capabilities; asked late, when all modules are there. */
  readonly mechanisms: () => readonly MechanismSource[]
  systemActor(county: string): Actor
}
