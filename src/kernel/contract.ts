import { z } from 'zod'
import type { ErrorDef } from './errors.ts'

// What a schema has no words of its own for is said in Chinese, on the server as in the browser.
z.config(z.locales.zhCN())

interface OperationSpec<I extends z.ZodType, O extends z.ZodType> {
  /** `<capability>.<verb>`; also the route, the client method and the audit name. */
  readonly id: string
  /** Chinese name, shown on buttons, in the audit and in OpenAPI. */
  readonly title: string
  /** Permission id the caller needs; 'session' = any signed-in account, 'public' = nobody need be signed in. */
  readonly permission: string
  readonly input: I
  readonly output: O
  /** Errors this operation may return beside the core ones. */
  readonly errors: readonly ErrorDef[]
  /** Plan clauses the operation serves. */
  readonly clauses?: readonly string[]
}

/** A write on one record. It runs through the action runner and nothing else writes business tables. */
export interface ActionContract<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType>
  extends OperationSpec<I, O> {
  readonly kind: 'action'
  /** Record type the action is on, such as 'hazard'. */
  readonly record: string
  /** True when the action brings the record into being: the client mints its id and names no version. */
  readonly creates: boolean
  /** True when it only ever follows from another action, a job or a clock: it has no route, and so no way around guards. */
  readonly internal: boolean
}

/** A read. Its answer holds what the output names and nothing else. */
export interface QueryContract<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType>
  extends OperationSpec<I, O> {
  readonly kind: 'query'
}

export type OperationContract = ActionContract | QueryContract

/** Declares a write; `creates` and `internal` default to false. */
export function defineAction<I extends z.ZodType, O extends z.ZodType>(
  spec: OperationSpec<I, O> & { record: string; creates?: boolean; internal?: boolean },
): ActionContract<I, O> {
  return { ...spec, kind: 'action', creates: spec.creates ?? false, internal: spec.internal ?? false }
}

export function defineQuery<I extends z.ZodType, O extends z.ZodType>(spec: OperationSpec<I, O>): QueryContract<I, O> {
  return { ...spec, kind: 'query' }
}

/** What a client sends to run an action. */
export interface ActionEnvelope<I> {
  /** UUIDv7 minted by the client; sending it again returns the first result. */
  readonly actionId: string
  readonly recordId: string
  /** The version the person saw; absent only when the action creates the record. */
  readonly version?: number
  readonly input: I
}

/** What a client gets back from an action. */
export interface ActionResult<O> {
  readonly actionId: string
  readonly recordId: string
  readonly version: number
  readonly output: O
  /** True when this action id had been carried out before and nothing was written now. */
  readonly replayed: boolean
}

/** The URL of an operation: `hazard.close` → `/api/hazard/close`. Queries are GET with `?input=<JSON>`, actions POST. */
export function operationPath(id: string): string {
  return `/api/${id.replace('.', '/')}`
}
