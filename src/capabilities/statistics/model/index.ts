export * from './contract.ts'
export * from './layout.ts'
export * from './measures.ts'
export { statisticsPermissions } from './permissions.ts'
