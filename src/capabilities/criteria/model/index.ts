export * from './contract.ts'
export * from './library.ts'
export type * from './port.ts'
export * from './suggest.ts'
