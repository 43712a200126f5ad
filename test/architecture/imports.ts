import { cyclesOf, importsOf, resolveImport, type Source } from './source.ts'

/*
 * The import table of the architecture, with its two amendments (docs/adr/0005): a capability's web may ask another
 * capability through its `model/index`, and rigs of tests count as tests.
 */

/** Where a file stands in the table. */
interface Place {
  readonly layer: string
  /** Of a capability's file: which capability, and model, server or web. */
  readonly capability?: string
  readonly side?: string
}

export function placeOf(path: string): Place {
  const own = /^src\/capabilities\/([^/]+)\/([^/]+)\//.exec(path)
  if (own?.[1] && own[2]) return { layer: 'capabilities', capability: own[1], side: own[2] }
  const layer = /^src\/([^/]+)\//.exec(path)?.[1] ?? path.split('/')[0] ?? ''
  return { layer }
}

const isIndexOf = (path: string) => /^src\/capabilities\/[^/]+\/model\/index\.ts$/.test(path)

/** Whether the table lets a file of `from` import `path`; `to` is the place of `path`. */
function allowed(from: Place, to: Place, path: string): boolean {
  if (from.layer === 'apps') return to.layer !== 'test'
  if (from.layer !== 'capabilities') {
    if (to.layer === from.layer) return true
    return to.layer === 'kernel' && (from.layer === 'platform' || from.layer === 'shell')
  }
  if (to.layer === 'kernel') return true
  if (to.layer === 'platform') return from.side === 'server'
  if (to.layer === 'shell') return from.side === 'web'
  if (to.layer !== 'capabilities') return false
  if (to.capability !== from.capability) return isIndexOf(path)
  return to.side === from.side || to.side === 'model'
}

/** Packages the kernel and the models may use; both run in the browser as on the server. */
const purePackages = new Set(['zod'])

function foreign(from: Place, name: string): boolean {
  if (from.layer === 'kernel' || from.side === 'model') return !purePackages.has(name)
  return (from.layer === 'shell' || from.side === 'web') && name.startsWith('node:')
}

/** Imports that the table forbids. Pass product sources without tests. */
export function forbiddenImports(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const from = placeOf(source.path)
    return importsOf(source).flatMap((name) => {
      const path = resolveImport(source.path, name)
      const bad = path === undefined ? foreign(from, name) : !allowed(from, placeOf(path), path)
      return bad ? [`${source.path} imports ${name}`] : []
    })
  })
}

function graphOf(sources: readonly Source[], nameOf: (path: string) => string | undefined): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>()
  for (const source of sources) {
    const from = nameOf(source.path)
    if (from === undefined) continue
    const targets = graph.get(from) ?? new Set<string>()
    graph.set(from, targets)
    for (const name of importsOf(source)) {
      const path = resolveImport(source.path, name)
      const to = path === undefined ? undefined : nameOf(path)
      if (to !== undefined && (to !== from || path === source.path)) targets.add(to)
    }
  }
  return graph
}

/** Files that import each other, type-only imports included. */
export const fileCycles = (sources: readonly Source[]) => cyclesOf(graphOf(sources, (path) => path))

/** Capabilities that need each other, whichever of their sides does. */
export const capabilityCycles = (sources: readonly Source[]) =>
  cyclesOf(graphOf(sources, (path) => placeOf(path).capability))
