import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type ActionContract, operationPath, type QueryContract } from '#kernel/contract.ts'
import { coreErrors, Problem, refuse } from '#kernel/errors.ts'
import { type Actor, boxesFor, can, holds, type PermissionTable } from '#kernel/grants.ts'
import { Id } from '#kernel/ids.ts'
import { parseInput } from '#kernel/parse.ts'
import { type Clock, dayOf } from '#kernel/time.ts'
import { rethrowDeclared } from '../actions/declared.ts'
import type { ActionRunner } from '../actions/runner.ts'
import type { Db } from '../db/tables.ts'
import type { PlainOperation, QueryContext, RegisteredDownload, RegisteredQuery } from '../module/module.ts'
import type { Environment } from '../parameters/environment.ts'
import { parseJson } from './json.ts'
import type { RefusalBook } from './refusals.ts'

export const sessionCookie = 'zhiben_session'

export interface OperationParts {
  readonly db: Db
  readonly runner: ActionRunner
  readonly permissions: PermissionTable
  readonly environment: Environment
  readonly clock: Clock
  readonly county: string
  readonly refusals: RefusalBook
  readonly secureCookie: boolean
  /** Whether the data is made up. */
  demo(): boolean
  /** Tests: a refusal that the contract does not name answers 500. */
  readonly strict: boolean
  actorOf(request: FastifyRequest): Promise<Actor | undefined>
  /** Why the session a request was sent with is over, where it once was one. */
  whyOut(request: FastifyRequest): Promise<string | undefined>
}

const Envelope = z.object({
  actionId: Id,
  recordId: Id,
  version: z.number().int().min(0).max(2_000_000_000).optional(),
  input: z.unknown(),
})

/** Who sends a request; refuses it when nobody is signed in, with the reason when somebody was. */
export async function signedIn(
  parts: Pick<OperationParts, 'actorOf' | 'whyOut'>,
  request: FastifyRequest,
): Promise<Actor> {
  const actor = await parts.actorOf(request)
  if (actor) return actor
  return refuse(coreErrors.signInFirst, { detail: await parts.whyOut(request) })
}

/** POST on the operation's path; the envelope is `ActionEnvelope`. */
export function mountAction(app: FastifyInstance, parts: OperationParts, contract: ActionContract): void {
  app.post(operationPath(contract.id), async (request) => {
    const actor = await signedIn(parts, request)
    let recordId: string | undefined
    try {
      const envelope = parseInput(Envelope, request.body)
      recordId = envelope.recordId
      if (!contract.creates && envelope.version === undefined) {
        refuse(coreErrors.invalidInput, { fields: [{ path: 'version', message: '缺少版本号，请刷新页面后重试' }] })
      }
      return await parts.runner.run(actor, contract.id, envelope, { now: parts.clock.now() })
    } catch (error) {
      if (error instanceof Problem) await parts.refusals.book(actor, contract.id, recordId, error)
      throw error
    }
  })
}

export function queryContext(parts: OperationParts, actor: Actor): QueryContext {
  const now = parts.clock.now()
  return {
    db: parts.db,
    county: parts.county,
    actor,
    now,
    today: dayOf(now),
    environment: parts.environment,
    demo: parts.demo(),
    boxes: (permission) => boxesFor(actor, permission, parts.permissions),
    can: (permission, facets) => can(actor, permission, facets, parts.permissions),
    holds: (permission) => holds(actor, permission, parts.permissions),
  }
}

/** Reads the input of a GET and answers with `work`; who was kept from seeing what is written down. */
async function read<T>(
  parts: OperationParts,
  contract: QueryContract,
  request: FastifyRequest,
  work: (context: QueryContext, input: unknown) => Promise<T>,
): Promise<T> {
  const actor = await signedIn(parts, request)
  let input: unknown = {}
  try {
    if (!holds(actor, contract.permission, parts.permissions)) refuse(coreErrors.notAllowed)
    const raw = z.object({ input: z.string().optional() }).safeParse(request.query)
    const text = raw.success ? raw.data.input : refuse(coreErrors.invalidInput)
    input = text === undefined ? {} : parseJson(text)
    return await work(queryContext(parts, actor), input)
  } catch (error) {
    if (error instanceof Problem) await parts.refusals.book(actor, contract.id, askedFor(input), error)
    if (parts.strict) rethrowDeclared(contract, error)
    throw error
  }
}

/** The record a query is about, by the one name all contracts use for it. */
function askedFor(input: unknown): string | undefined {
  const parsed = z.object({ id: Id }).safeParse(input)
  return parsed.success ? parsed.data.id : undefined
}

/** GET on the operation's path with the input as JSON in `?input=`. */
export function mountQuery(app: FastifyInstance, parts: OperationParts, query: RegisteredQuery): void {
  app.get(operationPath(query.contract.id), (request) =>
    read(parts, query.contract, request, (context, input) => query.run(context, input)),
  )
}

export function mountDownload(app: FastifyInstance, parts: OperationParts, file: RegisteredDownload): void {
  app.get(operationPath(file.contract.id), async (request, reply) => {
    const answer = await read(parts, file.contract, request, (context, input) => file.open(context, input))
    if (answer.total !== undefined) reply.header('x-zhiben-rows', answer.total)
    return reply
      .header('content-type', answer.type)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(answer.name)}`)
      .send(answer.body)
  })
}

/** Session operations: plain input, cookies in the reply. */
export function mountPlain(app: FastifyInstance, parts: OperationParts, operation: PlainOperation): void {
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const open = operation.contract.permission === 'public'
    const actor = open ? await parts.actorOf(request) : await signedIn(parts, request)
    const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: parts.secureCookie } as const
    return operation.run(
      {
        actor,
        token: request.cookies[sessionCookie],
        ip: request.ip,
        agent: (request.headers['user-agent'] ?? '').slice(0, 200),
        now: parts.clock.now(),
        setSession: (token, endsAt) => void reply.setCookie(sessionCookie, token, { ...cookie, expires: endsAt }),
        clearSession: () => void reply.clearCookie(sessionCookie, cookie),
      },
      operation.method === 'POST' ? (request.body ?? {}) : {},
    )
  }
  if (operation.method === 'POST') app.post(operationPath(operation.contract.id), handler)
  else app.get(operationPath(operation.contract.id), handler)
}
