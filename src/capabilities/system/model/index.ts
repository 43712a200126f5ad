export * from './contract.ts'
export { systemErrors } from './errors.ts'
export { systemPermissions } from './permissions.ts'
