import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { z } from 'zod'
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
import { type PackDuties, parametersOf } from '#capabilities/duty/model/index.ts'
import { clauseParts, type Ledger } from '#capabilities/ledger/model/index.ts'
import type { Plan } from '#capabilities/plan/model/index.ts'
import type { PackReturns } from '#capabilities/progress/model/index.ts'
import type { PackTasks } from '#capabilities/task/model/index.ts'
import { mechanismsOf } from './mechanisms.ts'
import { type Citing, citingFile, citingList, citingOne, clauseProblems } from './reading/clauses.ts'
import { type DirectoryEntries, directoryProblems } from './reading/directory.ts'
import { dutiesOf, dutyProblems, type Named, readDuties } from './reading/duties.ts'
import type { Path } from './reading/file.ts'
import { PackError, PackFolder, placed } from './reading/folder.ts'
import { ledgerProblems, readLedgers } from './reading/ledgers.ts'
import { clauseNumbers, planFrom, readPlanFiles } from './reading/plan.ts'
import { askedProblems, readTasks } from './reading/tasks.ts'

export { PackError } from './reading/folder.ts'

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

/** Reads and checks a pack and the `_national` data beside it. Throws PackError with all that is wrong. */
export async function readPack(folder: string): Promise<Pack> {
  const packs = new PackFolder(dirname(folder))
  const own = basename(folder)
  if (!(await isFolder(folder))) {
    throw new PackError(`没有数据包文件夹 ${own}，请核对 ZHIBEN_PACK；数据包的写法见 docs/packs.md`)
  }
  const files = await readFiles(packs, own)
  await packs.refuseUnread(own)
  if (!isWhole(files) || packs.problems.length > 0) {
    // Names that lead nowhere are only told where the file they lead to is sound.
    throw new PackError(...packs.problems, ...dutyProblems(files.duties, namedOf(files)))
  }
  return joined(files)
}

const isFolder = (folder: string) =>
  stat(folder).then(
    (one) => one.isDirectory(),
    () => false,
  )

async function readFiles(packs: PackFolder, own: string) {
  const national = '_national'
  const file = <S extends z.ZodType>(name: string, schema: S) => packs.read(join(own, name), schema)
  return {
    manifest: await file('pack.yaml', PackManifest),
    areas: await file('areas.yaml', packFiles['areas.yaml']),
    bodies: await file('bodies.yaml', packFiles['bodies.yaml']),
    sectors: await file('sectors.yaml', packFiles['sectors.yaml']),
    matrix: await file('matrix.yaml', packFiles['matrix.yaml']),
    parameters: await file('parameters.yaml', packFiles['parameters.yaml']),
    holidays: await packs.read(join(national, 'holidays.yaml'), HolidaysFile),
    standards: [
      ...(await packs.every(join(national, 'criteria'), CriteriaStandard)),
      ...(await packs.every(join(own, 'criteria'), CriteriaStandard)),
    ].map(({ file: of, value }) => ({ file: of, value: standardOf(value) })),
    words: await packs.read(join(national, 'criteria-words.yaml'), CriteriaWordsFile),
    ledgers: await readLedgers(packs, own),
    duties: await readDuties(packs, own),
    plan: await readPlanFiles(packs, own),
    asked: await readTasks(packs, own),
  }
}

type Files = Awaited<ReturnType<typeof readFiles>>
type Whole = { readonly [F in keyof Files]: F extends 'asked' ? Files[F] : NonNullable<Files[F]> }
const isWhole = (files: Files): files is Whole => Object.values(files).every((one) => one !== undefined)

const namedOf = ({ bodies, sectors, areas, parameters }: Files): Named => ({
  bodies: bodies?.value.bodies,
  sectors: sectors?.value.sectors,
  areas: areas?.value.areas,
  parameters: parameters?.value.parameters,
})

/** Every file is well formed: what they name is looked up in each other, and in the mechanisms the product has. */
function joined(files: Whole): Pack {
  const { manifest, asked, duties, ledgers } = files
  const pack = {
    manifest: manifest.value,
    ...files.areas.value,
    ...files.bodies.value,
    ...files.sectors.value,
    ...files.matrix.value,
    ...files.parameters.value,
    holidays: files.holidays.value.years,
    standards: files.standards.map(({ value }) => value),
    ...files.words.value,
    tasks: asked.tasks,
    returns: asked.returns?.value.returns,
    ledgers: ledgers.map(({ value }) => value),
    duties: dutiesOf(duties),
  }
  const mechanisms = new Map(mechanismsOf(pack).map(({ id, clauses }) => [id, clauses ?? []]))
  const ids = (some: readonly { readonly id: string }[]) => new Set(some.map(({ id }) => id))
  const known = { bodies: ids(pack.bodies), sectors: ids(pack.sectors), stages: ids(pack.manifest.stages), mechanisms }
  const { plan, problems } = planFrom(files.plan, pack.manifest.stages, known)
  const all = [
    ...directoryProblems(placedDirectory(files)),
    ...dutyProblems(duties, namedOf(files)),
    ...ledgerProblems(ledgers, known),
    ...askedProblems(asked, { ...pack, mechanisms: new Set(mechanisms.keys()) }),
    ...problems,
    ...clauseProblems(citingOf(files), clauseNumbers(files.plan)),
  ]
  if (all.length > 0) throw new PackError(...all)
  return { ...pack, plan }
}

function placedDirectory(files: Whole): DirectoryEntries {
  const { manifest, areas, bodies, sectors, matrix, parameters, holidays, standards } = files
  const rules = files.duties.rules.map(({ entry }) => entry)
  return {
    manifest,
    areas: placed(areas, 'areas', areas.value.areas),
    bodies: placed(bodies, 'bodies', bodies.value.bodies),
    sectors: placed(sectors, 'sectors', sectors.value.sectors),
    matrix: placed(matrix, 'matrix', matrix.value.matrix),
    gaps: placed(matrix, 'gaps', matrix.value.gaps),
    parameters: placed(parameters, 'parameters', parameters.value.parameters),
    holidays: placed(holidays, 'years', holidays.value.years),
    standards,
    dutyParameters: new Set(rules.flatMap((rule) => parametersOf(rule).map(({ id }) => id))),
  }
}

/** Everything in a pack that says which clause it serves or comes from. */
function citingOf({ manifest, matrix, ledgers, duties, asked }: Whole): Citing[] {
  const { stages, yearlyListing } = manifest.value
  const { returns } = asked
  return [
    ...placed(manifest, 'stages', stages).map(citingOne),
    ...(yearlyListing
      ? [citingOne({ entry: yearlyListing, at: (path, words) => manifest.file.at(['yearlyListing', ...path], words) })]
      : []),
    ...placed(matrix, 'matrix', matrix.value.matrix).map(citingOne),
    ...placed(matrix, 'gaps', matrix.value.gaps).map(citingOne),
    ...ledgers.flatMap((read) => [
      citingFile(read, ['clauses'], read.value.clauses),
      {
        cited: clauseParts(read.value).map(({ clause }) => ({ path: ['clauseField'], clause })),
        at: (path: Path, words: string) => read.file.at(path, words),
      },
    ]),
    ...duties.rules.map(citingList),
    ...Object.values(asked.placed).flat().map(citingList),
    ...(returns ? [citingFile(returns, ['returns', 'clauses'], returns.value.returns.clauses)] : []),
  ]
}
