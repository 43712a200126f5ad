import { join } from 'node:path'
import { type PackReturns, ReturnsFile } from '#capabilities/progress/model/index.ts'
import {
  type PackTasks,
  type Population,
  type TaskFault,
  taskFiles,
  taskProblems,
} from '#capabilities/task/model/index.ts'
import { type PackFolder, type Placed, placed, type Read } from './folder.ts'

type Entries = { readonly [L in keyof PackTasks]: readonly Placed<PackTasks[L][number]>[] }

export interface Asked {
  readonly placed: Entries
  readonly tasks: PackTasks
  readonly returns: Read<{ readonly returns: PackReturns }> | undefined
}

/** packs/<plan>/tasks: what the plan asks of whom and by when. A plan without the folder asks for nothing. */
export async function readTasks(packs: PackFolder, own: string): Promise<Asked> {
  const at = (name: string) => join(own, 'tasks', name)
  const tasks = await packs.optional(at('tasks.yaml'), taskFiles['tasks.yaml'])
  const filings = await packs.optional(at('filings.yaml'), taskFiles['filings.yaml'])
  const meetings = await packs.optional(at('meetings.yaml'), taskFiles['meetings.yaml'])
  const chains = await packs.optional(at('chains.yaml'), taskFiles['chains.yaml'])
  const stages = await packs.optional(at('stages.yaml'), taskFiles['stages.yaml'])
  const entries: Entries = {
    tasks: [
      ...placed(tasks, 'tasks', tasks?.value.tasks ?? []),
      ...placed(filings, 'tasks', filings?.value.tasks ?? []),
    ],
    meetings: placed(meetings, 'meetings', meetings?.value.meetings ?? []),
    chains: placed(chains, 'chains', chains?.value.chains ?? []),
    products: placed(stages, 'products', stages?.value.products ?? []),
  }
  return {
    placed: entries,
    tasks: {
      tasks: entries.tasks.map(({ entry }) => entry),
      meetings: entries.meetings.map(({ entry }) => entry),
      chains: entries.chains.map(({ entry }) => entry),
      products: entries.products.map(({ entry }) => entry),
    },
    returns: await packs.optional(at('returns.yaml'), ReturnsFile),
  }
}

interface Whole {
  readonly manifest: { readonly stages: readonly { readonly id: string }[] }
  readonly bodies: readonly { readonly id: string; readonly kind: string }[]
  readonly sectors: readonly { readonly id: string }[]
  readonly mechanisms: ReadonlySet<string>
}

/** What in the tasks of a pack contradicts the rest of it. */
export function askedProblems({ placed: entries, tasks, returns }: Asked, whole: Whole): string[] {
  const ids = (some: readonly { readonly id: string }[]) => new Set(some.map(({ id }) => id))
  const known = {
    ...{ bodies: ids(whole.bodies), sectors: ids(whole.sectors), stages: ids(whole.manifest.stages) },
    mechanisms: whole.mechanisms,
  }
  const say = ({ list, nth, path, words }: TaskFault) => entries[list][nth]?.at(path, words) ?? words
  const nobody = (who: Population) =>
    selected(who, whole.bodies) ? [] : ['这里选不到任何机构，请核对 kinds、bodies 和 except']
  const of = returns?.value.returns
  const named = (part: 'bodies' | 'except') =>
    (of?.who[part] ?? []).flatMap((id, nth) =>
      known.bodies.has(id) || !returns
        ? []
        : [returns.file.at(['returns', 'who', part, nth], `机构“${id}”不在 bodies.yaml 里，请改正或先补登机构`)],
    )
  return [
    ...taskProblems(tasks, known).map(say),
    ...[...entries.tasks, ...entries.meetings].flatMap(({ entry, at }) =>
      nobody(entry.who).map((words) => at(['who'], words)),
    ),
    ...named('bodies'),
    ...named('except'),
    ...(returns && of ? nobody(of.who).map((words) => returns.file.at(['returns', 'who'], words)) : []),
    ...(returns && of && of.from > of.to ? [returns.file.at(['returns', 'from'], 'from 晚于 to，请对调')] : []),
  ]
}

/** Whether a population selects anybody at all among the bodies of the pack. */
const selected = ({ bodies: named = [], kinds = [], except }: Population, bodies: Whole['bodies']): boolean =>
  bodies.some(
    ({ id, kind }) => (named.includes(id) || (kinds as readonly string[]).includes(kind)) && !except.includes(id),
  )
