import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PackManifest } from '#capabilities/directory/model/pack.ts'
import { type Plan, planOf, planProblems, type Surroundings } from '#capabilities/plan/model/index.ts'
import { ClausesFile, OutlineFile, type PackClause } from '#capabilities/plan/model/pack.ts'
import { checkedFile, type LinedFile, linedFile, problemAt } from './yaml.ts'

/** The files of a plan as read, before what they name is looked up in the rest of the pack. */
export interface PlanFiles {
  readonly outlineFile: LinedFile
  readonly outline: OutlineFile
  readonly rows: readonly PackClause[]
  /** Where each row stands. */
  readonly places: readonly { readonly file: LinedFile; readonly at: number }[]
}

/** Reads `plan/` of a pack; problems name file, line and what to do. */
export async function readPlanFiles(
  root: string,
  folder: string,
): Promise<{ readonly files?: PlanFiles; readonly problems: readonly string[] }> {
  const own = join(folder, 'plan')
  const outlinePath = join(own, 'outline.yaml')
  const text = await readFile(join(root, outlinePath), 'utf8').catch(() => undefined)
  if (text === undefined) {
    return { problems: [`数据包缺少文件 ${outlinePath}。请写明行动、措施、阶段和保障措施，可参照示例县的同名文件`] }
  }
  const outlineFile = linedFile(outlinePath, text)
  const outline = checkedFile(outlineFile, OutlineFile)
  const problems = [...outline.problems]
  const rows: PackClause[] = []
  const places: { file: LinedFile; at: number }[] = []
  const names = await readdir(join(root, own, 'clauses')).catch(() => [])
  for (const name of names.filter((entry) => entry.endsWith('.yaml')).sort()) {
    const path = join(own, 'clauses', name)
    const file = linedFile(path, await readFile(join(root, path), 'utf8'))
    const checked = checkedFile(file, ClausesFile)
    problems.push(...checked.problems)
    for (const [at, row] of (checked.data?.clauses ?? []).entries()) {
      rows.push(row)
      places.push({ file, at })
    }
  }
  if (!outline.data || problems.length > 0) return { problems }
  return { files: { outlineFile, outline: outline.data, rows, places }, problems }
}

/** The plan put together, or what it says that the rest of the pack contradicts. */
export function planFrom(
  files: PlanFiles,
  stages: PackManifest['stages'],
  around: Surroundings,
): { readonly plan: Plan; readonly problems: readonly string[] } {
  const problems = planProblems(files.outline, files.rows, around).map(({ clause, field, words }) => {
    const at = files.rows.findIndex((row) => row.id === clause)
    const place = files.places[at]
    if (place) return problemAt(place.file, ['clauses', place.at, field], words)
    return problemAt(files.outlineFile, pathInOutline(files.outline, field), words)
  })
  return { plan: planOf(files.outline, files.rows, stages), problems }
}

function pathInOutline(outline: OutlineFile, id: string): (string | number)[] {
  const section = outline.sections.findIndex((one) => one.id === id)
  if (section >= 0) return ['sections', section]
  for (const [at, action] of outline.actions.entries()) {
    const measure = action.measures.findIndex((one) => one.id === id)
    if (measure >= 0) return ['actions', at, 'measures', measure]
  }
  return []
}
