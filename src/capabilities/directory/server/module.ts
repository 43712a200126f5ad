import type { ExportDesk, RecordSight, ServerModule } from '#platform/module/module.ts'
import { directoryErrors, directoryPermissions, unitFacets, unitLifecycle } from '../model/index.ts'
import { unitActions } from './actions.ts'
import { unitAnswers } from './answers.ts'
import { bodyPostAnswers } from './bodies/answers.ts'
import { bodyPostActions } from './bodies/posts.ts'
import type { LoadedDirectory } from './directory.ts'
import { directoryDownloads } from './documents.ts'
import { importDownloads } from './import/documents.ts'
import { importActions, importAnswers, type ReadUpload } from './import/import.ts'
import { matrixSource } from './mechanisms.ts'
import { referenceAnswers } from './reference/answers.ts'
import { supervisionActions } from './reference/supervision.ts'
import { loadUnit, type StandingHazards } from './store.ts'

export interface DirectoryDeps {
  readonly directory: LoadedDirectory
  /** Without it lists cannot be imported, and the import operations are not offered. */
  readonly readUpload?: ReadUpload
  readonly exports: ExportDesk
  readonly standingHazards: StandingHazards
  /** The matrix of the pack as a mechanism of the plan; without it clauses cannot be bound to it. */
  readonly matrix?: Parameters<typeof matrixSource>[1]
}

const unitSight: RecordSight = {
  type: 'unit',
  async sight(context, recordId) {
    const unit = await loadUnit(context.db, context.county, recordId, false)
    if (!unit || !context.can('directory.readUnit', unitFacets(unit))) return undefined
    return { label: unit.name, path: `/units/${unit.id}` }
  },
}

/** Everything the directory brings to the server. */
export function directoryModule(deps: DirectoryDeps): ServerModule {
  const { directory, readUpload, exports, standingHazards } = deps
  const importing = readUpload ? { directory, readUpload } : undefined
  return {
    name: 'directory',
    permissions: directoryPermissions,
    errors: Object.values(directoryErrors),
    lifecycles: [unitLifecycle],
    actions: [
      ...unitActions(directory, standingHazards),
      ...supervisionActions(directory),
      ...bodyPostActions(directory),
      ...(importing ? importActions(importing) : []),
    ],
    queries: [
      ...unitAnswers(directory, standingHazards),
      ...referenceAnswers(directory),
      ...bodyPostAnswers(directory),
      ...(importing ? importAnswers(importing) : []),
    ],
    downloads: [...directoryDownloads(directory, exports), ...(importing ? importDownloads(importing) : [])],
    ...(deps.matrix ? { mechanisms: [matrixSource(directory, deps.matrix)] } : {}),
    recordTypes: [unitSight],
  }
}

export { referenceActionIds } from './reference/supervision.ts'
