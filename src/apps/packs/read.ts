import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type CriteriaWord, CriteriaWordsFile, type Standard, standardOf } from '#capabilities/criteria/model/index.ts'
import { CriteriaStandard } from '#capabilities/criteria/model/pack.ts'
import {
  HolidaysFile,
  type PackArea,
  type PackBody,
  type PackHolidayYear,
  PackManifest,
  type PackMatrixEntry,
  type PackMatrixGap,
  type PackParameter,
  type PackSector,
  packFiles,
} from '#capabilities/directory/model/pack.ts'
import type { PackDuties } from '#capabilities/duty/model/index.ts'
import type { Ledger } from '#capabilities/ledger/model/index.ts'
import type { Plan } from '#capabilities/plan/model/index.ts'
import type { PackReturns } from '#capabilities/progress/model/index.ts'
import type { PackTasks } from '#capabilities/task/model/index.ts'
import { PackError, PackFolder } from './folder.ts'
import { mechanismsOf } from './mechanisms.ts'
import { readDuties } from './reading/duties.ts'
import { readLedgers } from './reading/ledgers.ts'
import { type PlanFiles, planFrom, readPlanFiles } from './reading/plan.ts'
import { askedProblems, readTasks } from './reading/tasks.ts'

export { PackError } from './folder.ts'

/** A plan's pack with the national data it stands on, as read from disk and checked. */
export interface Pack {
  readonly manifest: PackManifest
  readonly areas: readonly PackArea[]
  readonly bodies: readonly PackBody[]
  readonly sectors: readonly PackSector[]
  readonly matrix: readonly PackMatrixEntry[]
  readonly gaps: readonly PackMatrixGap[]
  readonly parameters: readonly PackParameter[]
  readonly holidays: readonly PackHolidayYear[]
  readonly standards: readonly Standard[]
  readonly words: readonly CriteriaWord[]
  readonly tasks: PackTasks
  readonly returns: PackReturns | undefined
  readonly ledgers: readonly Ledger[]
  readonly duties: PackDuties
  /** The clauses, each bound to what fulfils it or to what it waits for. */
  readonly plan: Plan
}

async function standardsIn(packs: PackFolder, path: string): Promise<Standard[]> {
  const names = await readdir(join(packs.root, path)).catch(() => [])
  const standards: Standard[] = []
  for (const name of names.filter((entry) => entry.endsWith('.yaml')).sort()) {
    const file = await packs.yaml(join(path, name), CriteriaStandard)
    if (file) standards.push(standardOf(file))
  }
  return standards
}

/** Reads and checks a pack and the `_national` data beside it. Throws PackError with all that is wrong. */
export async function readPack(folder: string): Promise<Pack> {
  const packs = new PackFolder(dirname(folder))
  const own = basename(folder)
  const national = '_national'
  const manifest = await packs.yaml(join(own, 'pack.yaml'), PackManifest)
  const areas = await packs.yaml(join(own, 'areas.yaml'), packFiles['areas.yaml'])
  const bodies = await packs.yaml(join(own, 'bodies.yaml'), packFiles['bodies.yaml'])
  const sectors = await packs.yaml(join(own, 'sectors.yaml'), packFiles['sectors.yaml'])
  const matrix = await packs.yaml(join(own, 'matrix.yaml'), packFiles['matrix.yaml'])
  const parameters = await packs.yaml(join(own, 'parameters.yaml'), packFiles['parameters.yaml'])
  const holidays = await packs.yaml(join(national, 'holidays.yaml'), HolidaysFile)
  const standards = [
    ...(await standardsIn(packs, join(national, 'criteria'))),
    ...(await standardsIn(packs, join(own, 'criteria'))),
  ]
  const words = await packs.yaml(join(national, 'criteria-words.yaml'), CriteriaWordsFile)
  const { ledgers, problems } = await readLedgers(packs.root, own)
  packs.problems.push(...problems)
  const duties = await readDuties(packs.root, own, { bodies, sectors, areas, parameters })
  packs.problems.push(...duties.problems)
  const plan = await readPlanFiles(packs.root, own)
  packs.problems.push(...plan.problems)
  const asked = await readTasks(packs, join(own, 'tasks'))
  const whole = manifest && areas && bodies && sectors && matrix && parameters && holidays && words && plan.files
  if (!whole || packs.problems.length > 0) throw new PackError(...packs.problems)
  const contradictions = askedProblems({ ...asked, manifest, ...bodies, ...sectors }, join(own, 'tasks'))
  if (contradictions.length > 0) throw new PackError(...contradictions)
  return withPlan(plan.files, {
    manifest,
    ...areas,
    ...bodies,
    ...sectors,
    ...matrix,
    ...parameters,
    holidays: holidays.years,
    standards,
    ...words,
    ...asked,
    ledgers,
    duties: duties.duties,
  })
}

/** What the plan names is looked up in the rest of the pack, and in the mechanisms the product has under it. */
function withPlan(files: PlanFiles, pack: Omit<Pack, 'plan'>): Pack {
  const { plan, problems } = planFrom(files, pack.manifest.stages, {
    bodies: new Set(pack.bodies.map(({ id }) => id)),
    stages: new Set(pack.manifest.stages.map(({ id }) => id)),
    mechanisms: new Map(mechanismsOf(pack).map(({ id, clauses }) => [id, clauses ?? []])),
  })
  if (problems.length > 0) throw new PackError(...problems)
  return { ...pack, plan }
}
