import type { PermissionTable, Role } from '#kernel/grants.ts'

/** Of a grant, what its reach is told by. */
export interface NamedReach {
  readonly role: Role
  readonly areaName: string
  readonly bodyName: string | null
  readonly unitName: string | null
  /** Names of the sectors it is limited to; null = not limited. */
  readonly sectorNames: readonly string[] | null
}

/** What a grant lets its holder see, in a sentence a person would say. */
export function reachWords({ role, areaName, bodyName, unitName, sectorNames }: NamedReach): string {
  if (role === 'administrator') return `管理${areaName}范围内的账号、授权和系统设置，可以查看记录，不能办理`
  if (role === 'auditor') return `查看${areaName}范围内的全部记录和操作审计，不能办理和修改`
  if (unitName) {
    const whose = role === 'unitPrincipal' ? '作为主要负责人' : '作为从业人员'
    return `${whose}查看${unitName}自己的隐患和资料，单位迁到别处也一样`
  }
  const inName = bodyName ? `以${bodyName}的名义，` : ''
  const assigned = bodyName ? '，以及交办、归口到本单位的记录' : ''
  if (sectorNames?.length === 0) return `${inName}没有牵头的行业领域，只看交办给本单位的记录`
  const sectors = sectorNames ? `${sectorNames.join('、')}行业领域的` : '各行业领域的'
  return `${inName}查看${areaName}范围内${sectors}记录${assigned}`
}

/** The titles of what a role may do, each once, in the order the capabilities declare them. */
export function permissionTitles(role: Role, table: PermissionTable): string[] {
  const titles = Object.values(table).flatMap((permission) => (permission.roles[role] ? [permission.title] : []))
  return [...new Set(titles)]
}
