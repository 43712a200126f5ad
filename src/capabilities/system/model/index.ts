export * from './contract.ts'
export { systemErrors } from './errors.ts'
export { parameterMisfit } from './parameter-rules.ts'
export { systemPermissions } from './permissions.ts'
