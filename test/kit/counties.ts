import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '#platform/config/config.ts'

const tables = [
  ...readFileSync(join(projectRoot, 'docs/generated/schema.md'), 'utf8').matchAll(/^## (\w+)$/gm),
].flatMap(([, name]) => (name && name !== 'migration' ? [name] : []))
const named = new RegExp(
  `\\b(?:from|join|into|update|using)\\s+(?:only\\s+)?"?(?:${tables.join('|')})"?(?![\\w"(])`,
  'gi',
)

/**
 * Statements that could not be answered on one node of a distributed database: each business table a statement names has
 * to be bound to the county, by value or to another table's. Counted and not parsed, so it can only miss faults, which a
 * statement with more counties than tables would be.
 */
export function isUnbound(statement: string): boolean {
  const text = statement.replaceAll(/'[^']*'/g, "''")
  const tablesNamed = text.match(named)?.length ?? 0
  const counties = text.match(/\bcounty"?\b/g)?.length ?? 0
  return tablesNamed > counties
}
