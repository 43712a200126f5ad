import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { parseSync } from 'vite'
import { projectRoot } from '#platform/config/config.ts'

/** A file of the project; the path is relative to its root and uses '/'. Tests make small bad ones of their own. */
export interface Source {
  readonly path: string
  readonly text: string
}

const skipped = new Set(['node_modules', '.git', '.zhiben', 'dist'])

function walk(folder: string, found: string[] = []): string[] {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) walk(path, found)
    } else if (entry.isFile()) found.push(path)
  }
  return found
}

/** Every file below some folders of the project whose name ends as wanted, in a fixed order. */
export function readSources(folders: readonly string[], wanted: RegExp = /\.(ts|tsx|mjs|css)$/): Source[] {
  return folders
    .flatMap((folder) => walk(join(projectRoot, folder)))
    .filter((path) => wanted.test(path))
    .map((path) => ({
      path: relative(projectRoot, path).replaceAll('\\', '/'),
      text: readFileSync(path, 'utf8'),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

export function linesOf({ text }: Source): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length
}

export const isCode = ({ path }: Source) => /\.(ts|tsx|mjs)$/.test(path)

/** Tests and what only tests use: their kits and rigs. They may reach across, and their size has a limit of its own. */
export const isTest = ({ path }: Source) => /\.(test|e2e|rig)\.tsx?$/.test(path) || /^(test|e2e|bench)\//.test(path)

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

export type { Node }

const parsed = new Map<string, Node>()

/** The syntax tree of a file, as ESTree with TypeScript. A file that cannot be read is an error, not a clean file. */
export function treeOf({ path, text }: Source): Node {
  const known = parsed.get(`${path}\n${text}`)
  if (known) return known
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  parsed.set(`${path}\n${text}`, program)
  return program
}

/** Visits every node below one, parents first. */
export function visit(node: Node, see: (node: Node, parent: Node | undefined) => void, parent?: Node): void {
  see(node, parent)
  for (const value of Object.values(node)) {
    if (isNode(value)) visit(value, see, node)
    else if (Array.isArray(value)) for (const item of value) if (isNode(item)) visit(item, see, node)
  }
}

function literal(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'Literal' && 'value' in node && typeof node.value === 'string') return node.value
  return undefined
}

/** Every module a file names: import, export from, import() and import types, type-only ones too. */
export function importsOf(source: Source): string[] {
  const names = new Set<string>()
  visit(treeOf(source), (node) => {
    const named = /^(ImportDeclaration|Export(Named|All)Declaration|ImportExpression|TSImportType)$/.test(node.type)
    if (!named) return
    const name = 'source' in node ? literal(node.source) : undefined
    if (name !== undefined) names.add(name)
  })
  return [...names]
}

/** The project's file an import means, or undefined for a package. */
export function resolveImport(from: string, name: string): string | undefined {
  const alias = /^#(kernel|platform|capabilities|shell|apps)\/(.+)$/.exec(name)
  if (alias) return `src/${alias[1]}/${alias[2]}`
  if (name.startsWith('#test/')) return name.slice(1)
  if (name.startsWith('.')) return normalize(join(dirname(from), name)).replaceAll('\\', '/')
  return undefined
}

/** The strongly connected groups of more than one member (or of one that names itself), each sorted. */
export function cyclesOf(graph: ReadonlyMap<string, Iterable<string>>): string[][] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const out: string[][] = []
  const connect = (node: string) => {
    const place = order.size
    order.set(node, place)
    low.set(node, place)
    stack.push(node)
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) connect(next)
      else if (!stack.includes(next)) continue
      low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0))
    }
    if (low.get(node) !== place) return
    const group = stack.splice(stack.indexOf(node))
    if (group.length > 1 || [...(graph.get(node) ?? [])].includes(node)) out.push(group.sort())
  }
  for (const node of graph.keys()) if (!order.has(node)) connect(node)
  return out
}
