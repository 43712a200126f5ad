import { type PermissionTable, type Reach, type Role, roles } from '#kernel/grants.ts'

const own: readonly Reach[] = ['own']
const everybody = Object.fromEntries(Object.keys(roles).map((role) => [role as Role, own]))

export const listsPermissions: PermissionTable = {
  'lists.keep': { title: '保存自己的常用筛选和列', roles: everybody },
}
