import { join } from 'node:path'
import type { z } from 'zod'
import { type PackReturns, ReturnsFile } from '#capabilities/progress/model/index.ts'
import { type PackTasks, taskFiles, taskProblems } from '#capabilities/task/model/index.ts'

interface Reader {
  optional<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S> | undefined>
}

export interface Asked {
  readonly tasks: PackTasks
  readonly returns: PackReturns | undefined
}

/** packs/<plan>/tasks: what the plan asks of whom and by when. A plan without the folder asks for nothing. */
export async function readTasks(packs: Reader, folder: string): Promise<Asked> {
  const at = (name: string) => join(folder, name)
  const tasks = await packs.optional(at('tasks.yaml'), taskFiles['tasks.yaml'])
  const filings = await packs.optional(at('filings.yaml'), taskFiles['filings.yaml'])
  const meetings = await packs.optional(at('meetings.yaml'), taskFiles['meetings.yaml'])
  const chains = await packs.optional(at('chains.yaml'), taskFiles['chains.yaml'])
  const stages = await packs.optional(at('stages.yaml'), taskFiles['stages.yaml'])
  const returns = await packs.optional(at('returns.yaml'), ReturnsFile)
  return {
    tasks: {
      tasks: [...(tasks?.tasks ?? []), ...(filings?.tasks ?? [])],
      meetings: meetings?.meetings ?? [],
      chains: chains?.chains ?? [],
      products: stages?.products ?? [],
    },
    returns: returns?.returns,
  }
}

interface Whole extends Asked {
  readonly manifest: { readonly stages: readonly { readonly id: string }[] }
  readonly bodies: readonly { readonly id: string }[]
  readonly sectors: readonly { readonly id: string }[]
}

/** What in the tasks of a pack contradicts the rest of it. */
export function askedProblems({ tasks, returns, manifest, bodies, sectors }: Whole, folder: string): string[] {
  const ids = (some: readonly { readonly id: string }[]) => new Set(some.map(({ id }) => id))
  const known = { bodies: ids(bodies), sectors: ids(sectors), stages: ids(manifest.stages) }
  const named = [...(returns?.who.bodies ?? []), ...(returns?.who.except ?? [])]
  const problems = [
    ...taskProblems(tasks, known),
    ...named
      .filter((id) => !known.bodies.has(id))
      .map((id) => `进展报送写的机构“${id}”不在 bodies.yaml 里，请改正或先补登机构`),
  ]
  return problems.map((problem) => `数据包 ${folder} 的内容前后不一致：${problem}`)
}
