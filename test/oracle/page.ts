import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Role } from '#kernel/grants.ts'
import { projectRoot } from '#platform/config/config.ts'

/** The three ways of the page: 辖 by the area × sectors × unit of the grant, 交 given to the grant's body, 己 one's own. */
export type Way = '辖' | '交' | '己'

/** How the page calls the roles, in its own words. */
const columns: Readonly<Record<string, Role>> = {
  县安委办: 'committeeOffice',
  县领导: 'countyLeader',
  行业部门: 'department',
  '乡镇（开发区）': 'town',
  检查人员: 'inspector',
  单位主要负责人: 'unitPrincipal',
  单位从业人员: 'unitWorker',
  系统管理员: 'administrator',
  审计员: 'auditor',
}

/** What the county is told about who may do what: permission → role → ways, as the published page says it. */
export type Page = ReadonlyMap<string, ReadonlyMap<Role, readonly Way[]>>

function waysOf(cell: string): Way[] {
  if (cell === '－') return []
  const ways = [...cell].filter((sign): sign is Way => sign === '辖' || sign === '交' || sign === '己')
  if (ways.length !== cell.length) throw new Error(`the page says “${cell}”, which its legend does not explain`)
  return ways
}

/** Reads docs/generated/permissions.md, of which another test says that it is what the product declares. */
export function readPage(): Page {
  const text = readFileSync(join(projectRoot, 'docs/generated/permissions.md'), 'utf8')
  const page = new Map<string, ReadonlyMap<Role, readonly Way[]>>()
  let roles: readonly (Role | undefined)[] = []
  for (const line of text.split('\n').filter((row) => row.startsWith('| ') && !row.startsWith('| ---'))) {
    const [, id, ...cells] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    if (id === '编号') {
      roles = cells.map((title) => columns[title])
      if (roles.includes(undefined)) throw new Error(`a role of the page is unknown: ${cells.join('、')}`)
      continue
    }
    const ways = roles.map((role, at) => [role, waysOf(cells[at] ?? '')] as const)
    page.set(
      String(id).replaceAll('`', ''),
      new Map(ways.filter((entry): entry is [Role, Way[]] => entry[0] !== undefined)),
    )
  }
  return page
}
