export * from '#kernel/list/kept.ts'
export { listsPermissions } from './permissions.ts'
export * from './record.ts'
