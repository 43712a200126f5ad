import { importsOf, type Node, type Source, treeOf, visit } from './source.ts'

/*
 * Who may touch what: the database, the HTTP framework, the environment, the clock. Each has one place, so that a rule
 * about it (scope on every list, one error table, one calendar) is kept by keeping that place.
 */

/** `store*.ts`, `queries*.ts` and files of a `queries/` folder hold SQL; a `tables.ts` holds the types of the rows. */
const holdsSql = /^src\/platform\/|\/(store(-[a-z]+)?|tables)\.ts$|\/queries(-[a-z]+)?\.ts$|\/queries\/[a-z-]+\.ts$/

const builders = new Set(['selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'mergeInto'])

function mentionsSql(source: Source): boolean {
  if (importsOf(source).some((name) => name === 'kysely' || name === 'pg')) return true
  let found = false
  visit(treeOf(source), (node, parent) => {
    const name = nameOf(node)
    if (parent?.type === 'MemberExpression' && name !== undefined && builders.has(name)) found = true
    if (
      isText(node) &&
      /\b(select|insert into|delete from|update)\b[\s\S]+\b(from|values|set|where)\b|^select 1$/i.test(node.value)
    ) {
      found = true
    }
  })
  return found
}

function nameOf(node: Node): string | undefined {
  return node.type === 'Identifier' && 'name' in node && typeof node.name === 'string' ? node.name : undefined
}

function isText(node: Node): node is Node & { value: string } {
  return node.type === 'Literal' && 'value' in node && typeof node.value === 'string'
}

export function sqlElsewhere(sources: readonly Source[]): string[] {
  return sources.filter((source) => !holdsSql.test(source.path) && mentionsSql(source)).map(({ path }) => path)
}

export function httpElsewhere(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => !path.startsWith('src/platform/http/'))
    .filter((source) => importsOf(source).some((name) => /^(@fastify\/|fastify($|[-/])|node:http)/.test(name)))
    .map(({ path }) => path)
}

/** True for `a.b` and `a['b']`. */
function reads(node: Node, object: string, property: string): boolean {
  if (node.type !== 'MemberExpression' || !('object' in node) || !('property' in node)) return false
  const [left, right] = [node.object as Node, node.property as Node]
  return nameOf(left) === object && (nameOf(right) === property || (isText(right) && right.value === property))
}

function found(source: Source, test: (node: Node) => boolean): boolean {
  let seen = false
  visit(treeOf(source), (node) => {
    seen ||= test(node)
  })
  return seen
}

export function environmentElsewhere(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => !path.startsWith('src/platform/config/'))
    .filter((source) => found(source, (node) => reads(node, 'process', 'env')))
    .map(({ path }) => path)
}

/** `Date.now()`, `new Date()`, `Date()`: the present instant. A Date made of a given value is no clock. */
function readsClock(node: Node): boolean {
  if (reads(node, 'Date', 'now') || reads(node, 'performance', 'now') || reads(node, 'process', 'hrtime')) return true
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return false
  if (!('callee' in node) || nameOf(node.callee as Node) !== 'Date') return false
  return node.type === 'CallExpression' || ('arguments' in node && (node.arguments as unknown[]).length === 0)
}

export function clockElsewhere(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => path !== 'src/kernel/time.ts')
    .filter((source) => found(source, readsClock))
    .map(({ path }) => path)
}
