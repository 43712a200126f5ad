import type { z } from 'zod'
import { type ActionContract, type ActionResult, operationPath, type QueryContract } from '#kernel/contract.ts'
import { coreErrors } from '#kernel/errors.ts'
import { newId } from '#kernel/ids.ts'
import { systemClock } from '#kernel/time.ts'
import { type ApiProblem, asApiProblem, offlineProblem, problemOf } from './problem.ts'

export interface ActionCall<I> {
  readonly recordId: string
  /** The version the person saw; left out only when the action creates the record. */
  readonly version?: number
  readonly input: I
}

export interface SendOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly body?: unknown
  /** Bytes sent as they are, instead of `body`. */
  readonly raw?: Blob
  readonly signal?: AbortSignal
  /** True when sending it twice does no harm; only then is a failed attempt repeated. */
  readonly idempotent: boolean
}

const waits = [500, 1500]
const endedListeners = new Set<(why: string) => void>()
let contactAt = systemClock.now().getTime()

/** Mints an id in the browser, for a record or an action. */
export function mintId(): string {
  return newId(systemClock.now().getTime())
}

/** When the server last answered, by the browser's clock. */
export const lastContactAt = (): number => contactAt

/** Calls `listener`, with the reason in words, whenever the server no longer knows the session. Answers how to stop it. */
export function onSessionEnded(listener: (why: string) => void): () => void {
  endedListeners.add(listener)
  return () => void endedListeners.delete(listener)
}

/** Runs a write. The same `actionId` sent again returns the first result, so repeating after a lost answer is safe. */
export async function runAction<I extends z.ZodType, O extends z.ZodType>(
  contract: ActionContract<I, O>,
  call: ActionCall<z.input<I>>,
  actionId: string = mintId(),
): Promise<ActionResult<z.output<O>>> {
  const body = { actionId, recordId: call.recordId, version: call.version, input: call.input }
  const answer = await send(operationPath(contract.id), { method: 'POST', body, idempotent: true })
  return answer as ActionResult<z.output<O>>
}

/** Asks a read. The server has parsed the answer with the contract already. */
export async function ask<I extends z.ZodType, O extends z.ZodType>(
  contract: QueryContract<I, O>,
  input: z.input<I>,
  signal?: AbortSignal,
): Promise<z.output<O>> {
  const options: SendOptions = { method: 'GET', idempotent: true, ...(signal ? { signal } : {}) }
  return (await send(queryUrl(contract, input), options)) as z.output<O>
}

/** Session operations such as signing in: plain input, no envelope, never repeated on their own. */
export async function callPlain(id: string, method: 'GET' | 'POST', input: unknown = {}): Promise<unknown> {
  const body = method === 'POST' ? { body: input } : {}
  return send(operationPath(id), { method, ...body, idempotent: method === 'GET' })
}

/** Address of a file made on request; the browser's own download keeps memory free of it. */
export function downloadUrl<I extends z.ZodType, O extends z.ZodType>(
  contract: QueryContract<I, O>,
  input: z.input<I>,
): string {
  return queryUrl(contract, input)
}

function queryUrl(contract: QueryContract, input: unknown): string {
  return `${operationPath(contract.id)}?input=${encodeURIComponent(JSON.stringify(input ?? {}))}`
}

/** Sends one request and reads its JSON answer; throws ApiProblem for every refusal and for a lost connection. */
export async function send(path: string, options: SendOptions): Promise<unknown> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await sendOnce(path, options)
    } catch (error) {
      if (options.signal?.aborted) throw error
      const problem = asApiProblem(error)
      if (problem.code === coreErrors.signInFirst.code) for (const listener of endedListeners) listener(problem.detail)
      const wait = waits[attempt]
      if (wait === undefined || !mayRepeat(options, problem)) throw problem
      await pause(wait)
    }
  }
}

function mayRepeat(options: SendOptions, problem: ApiProblem): boolean {
  if (!options.idempotent) return false
  // A stale version is retryable for a person, who must look first; the same request cannot succeed.
  return problem.status === 0 ? problem.code === 'client.offline' : [429, 502, 503, 504].includes(problem.status)
}

async function sendOnce(path: string, options: SendOptions): Promise<unknown> {
  const headers: Record<string, string> = { accept: 'application/json', 'x-zhiben': '1' }
  if (options.raw) headers['content-type'] = 'application/octet-stream'
  else if (options.body !== undefined) headers['content-type'] = 'application/json'
  const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body))
  let response: Response
  try {
    response = await fetch(path, {
      method: options.method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body }),
      ...(options.signal ? { signal: options.signal } : {}),
    })
  } catch (error) {
    throw options.signal?.aborted ? error : offlineProblem()
  }
  if (!response.ok) throw await problemOf(response)
  contactAt = systemClock.now().getTime()
  if (response.status === 204) return undefined
  const text = await response.text().catch(() => {
    throw offlineProblem()
  })
  return text === '' ? undefined : JSON.parse(text)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
