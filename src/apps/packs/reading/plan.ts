import { join } from 'node:path'
import type { PackManifest } from '#capabilities/directory/model/pack.ts'
import { type Plan, planOf, planProblems, type Surroundings } from '#capabilities/plan/model/index.ts'
import { ClausesFile, OutlineFile, type PackClause } from '#capabilities/plan/model/pack.ts'
import { type PackFolder, type Placed, placed, type Read } from './folder.ts'

/** The files of a plan as read, before what they name is looked up in the rest of the pack. */
export interface PlanFiles {
  readonly outline: Read<OutlineFile>
  readonly rows: readonly Placed<PackClause>[]
}

/** Reads `plan/` of a pack; undefined where its outline is missing or broken. */
export async function readPlanFiles(packs: PackFolder, folder: string): Promise<PlanFiles | undefined> {
  const own = join(folder, 'plan')
  const outline = await packs.read(join(own, 'outline.yaml'), OutlineFile)
  const files = await packs.every(join(own, 'clauses'), ClausesFile)
  return outline && { outline, rows: files.flatMap((read) => placed(read, 'clauses', read.value.clauses)) }
}

/** The plan put together, or what it says that the rest of the pack contradicts. */
export function planFrom(
  { outline, rows }: PlanFiles,
  stages: PackManifest['stages'],
  around: Surroundings,
): { readonly plan: Plan; readonly problems: readonly string[] } {
  const entries = rows.map(({ entry }) => entry)
  const problems = planProblems(outline.value, entries, around).map(({ clause, field, words }) => {
    // Of a number that stands twice the second is the one that is too much.
    const row = rows.findLast(({ entry }) => entry.id === clause)
    return row ? row.at([field], words) : outline.file.at(pathInOutline(outline.value, field), words)
  })
  return { plan: planOf(outline.value, entries, stages), problems }
}

function pathInOutline(outline: OutlineFile, id: string): (string | number)[] {
  const section = outline.sections.findLastIndex((one) => one.id === id)
  if (section >= 0) return ['sections', section]
  for (const [at, action] of outline.actions.entries()) {
    const measure = action.measures.findIndex((one) => one.id === id)
    if (measure >= 0) return ['actions', at, 'measures', measure]
  }
  return []
}

/** Every number a clause may be cited by: of the rows, and of the tiles they belong to. */
export function clauseNumbers({ outline, rows }: PlanFiles): ReadonlySet<string> {
  const { sections, actions } = outline.value
  return new Set([
    ...rows.map(({ entry }) => entry.id),
    ...sections.map(({ id }) => id),
    ...actions.flatMap(({ measures }) => measures.map(({ id }) => id)),
  ])
}
