import { access, readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isNode, LineCounter, parseDocument } from 'yaml'
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
import type { PackDuties } from '#capabilities/duty/model/index.ts'
import type { Ledger } from '#capabilities/ledger/model/index.ts'
import type { Plan } from '#capabilities/plan/model/index.ts'
import type { PackReturns } from '#capabilities/progress/model/index.ts'
import type { PackTasks } from '#capabilities/task/model/index.ts'
import { mechanismsOf } from './mechanisms.ts'
import { readDuties } from './reading/duties.ts'
import { readLedgers } from './reading/ledgers.ts'
import { type PlanFiles, planFrom, readPlanFiles } from './reading/plan.ts'
import { askedProblems, readTasks } from './reading/tasks.ts'

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

/** A pack that cannot be loaded; each problem names the file and the place in it, in Chinese. */
export class PackError extends Error {
  override readonly name = 'PackError'
  readonly problems: readonly string[]

  constructor(...problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** More mistakes of one file than this tell nothing new: its form is wrong throughout. */
const mostProblems = 20

/** Where in its file a value stands: of the value itself, or of the nearest thing around it when it is missing. */
function lineOf(document: ReturnType<typeof parseDocument>, lines: LineCounter, path: readonly PropertyKey[]): string {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return `第${lines.linePos(node.range[0]).line}行 `
  }
  return ''
}

/** Reads files of the packs' folder one by one and gathers what is wrong with any of them. */
class PackFolder {
  readonly problems: string[] = []
  readonly root: string

  constructor(root: string) {
    this.root = root
  }

  async yaml<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S> | undefined> {
    const lines = new LineCounter()
    let document: ReturnType<typeof parseDocument>
    let value: unknown
    try {
      document = parseDocument(await readFile(join(this.root, path), 'utf8'), { lineCounter: lines })
      if (document.errors[0]) throw document.errors[0]
      value = document.toJS()
    } catch (error) {
      this.problems.push(`数据包文件 ${path} 无法读取：${error instanceof Error ? error.message : String(error)}`)
      return undefined
    }
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    const { issues } = parsed.error
    const shown = issues
      .slice(0, mostProblems)
      .map(({ path: at, message }) => `${lineOf(document, lines, at)}${at.join('.')}：${message}`)
    const more = issues.length > mostProblems ? `；另有${issues.length - mostProblems}处` : ''
    this.problems.push(`数据包文件 ${path} 的内容有误：${shown.join('；')}${more}`)
    return undefined
  }

  /** A file that a pack may do without. */
  async optional<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S> | undefined> {
    const there = await access(join(this.root, path)).then(
      () => true,
      () => false,
    )
    return there ? this.yaml(path, schema) : undefined
  }

  async standards(path: string): Promise<Standard[]> {
    const names = await readdir(join(this.root, path)).catch(() => [])
    const standards: Standard[] = []
    for (const name of names.filter((entry) => entry.endsWith('.yaml')).sort()) {
      const file = await this.yaml(join(path, name), CriteriaStandard)
      if (file) standards.push(standardOf(file))
    }
    return standards
  }
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
    ...(await packs.standards(join(national, 'criteria'))),
    ...(await packs.standards(join(own, 'criteria'))),
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
