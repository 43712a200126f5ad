import { isCode, isTest, linesOf, type Node, type Source, treeOf, visit } from './source.ts'

/** Sane sizes (docs/adr/0004): a file, a function, a folder that a person can hold in the head. */
export const limits = {
  source: 400,
  test: 500,
  function: 60,
  folder: 20,
  /** Lines of one side of a capability, tests not counted. */
  model: 2200,
  server: 3000,
  web: 3000,
  /** The kernel and the action runner together, tests not counted. */
  core: 4000,
} as const

export function longFiles(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const lines = linesOf(source)
    return lines > (isTest(source) ? limits.test : limits.source) ? [`${source.path} has ${lines} lines`] : []
  })
}

const functions = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/

function nameOf(node: Node, parent: Node | undefined): string {
  for (const holder of [node, parent]) {
    if (!holder) continue
    const named = ('id' in holder && holder.id) || ('key' in holder && holder.key)
    if (named && typeof named === 'object' && 'name' in named) return String(named.name)
  }
  return 'a function'
}

/** Functions longer than allowed, as `path: name`, so that an exception can name one. Test cases may be longer. */
export function longFunctions(sources: readonly Source[]): string[] {
  return sources.filter(isCode).flatMap((source) => {
    if (/\.(test|e2e)\.tsx?$/.test(source.path)) return []
    const found: string[] = []
    visit(treeOf(source), (node, parent) => {
      if (!functions.test(node.type)) return
      const lines = source.text.slice(node.start, node.end).split('\n').length
      if (lines > limits.function) found.push(`${source.path}: ${nameOf(node, parent)}`)
    })
    return found
  })
}

export function fullFolders(sources: readonly Source[]): string[] {
  const counts = new Map<string, number>()
  for (const { path } of sources) {
    const folder = path.slice(0, path.lastIndexOf('/'))
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count > limits.folder)
    .map(([folder, count]) => `${folder} has ${count} files`)
}

function sum(sources: readonly Source[], wanted: RegExp): number {
  return sources.reduce(
    (lines, source) => lines + (!isTest(source) && wanted.test(source.path) ? linesOf(source) : 0),
    0,
  )
}

/** Capabilities and the core that have grown past what one person keeps in mind. */
export function grownParts(sources: readonly Source[]): string[] {
  const capabilities = new Set(sources.flatMap(({ path }) => /^src\/capabilities\/([^/]+)\//.exec(path)?.[1] ?? []))
  const parts = [...capabilities].flatMap((name) =>
    (['model', 'server', 'web'] as const).map((side) => ({
      part: `${name}/${side}`,
      lines: sum(sources, new RegExp(`^src/capabilities/${name}/${side}/`)),
      limit: limits[side],
    })),
  )
  const core = {
    part: 'kernel and action runner',
    lines: sum(sources, /^src\/(kernel|platform\/actions)\//),
    limit: limits.core,
  }
  return [...parts, core]
    .filter(({ lines, limit }) => lines > limit)
    .map(({ part, lines, limit }) => `${part} has ${lines} lines, ${limit} are allowed`)
}
