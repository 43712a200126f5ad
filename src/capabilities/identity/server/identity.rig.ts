import type { z } from 'zod'
import type { Directory } from '#capabilities/directory/model/index.ts'
import { createCalendar } from '#kernel/calendar.ts'
import type { ActionContract, ActionResult, QueryContract } from '#kernel/contract.ts'
import { Problem } from '#kernel/errors.ts'
import { type Actor, boxesFor, can, holds } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { dayOf, fixedClock } from '#kernel/time.ts'
import { createRunner } from '#platform/actions/runner.ts'
import type { Db, Reader } from '#platform/db/tables.ts'
import type { PlainContext, QueryContext } from '#platform/module/module.ts'
import { createParameters } from '#platform/parameters/parameters.ts'
import {
  changePassword,
  createAccount,
  type GrantInput,
  getAccount,
  getSession,
  identityPermissions,
  signIn,
  signOut,
} from '../model/index.ts'
import { createPasswords, createSessions, demoAccount, identityModule } from './module.ts'

export const county = '341723'
export const muzhen = '341723101'
export const goodPassword = 'Anquan#2026'

const parameters = createParameters(
  Object.entries({
    'signIn.maxAttempts': 5,
    'signIn.lockMinutes': 15,
    'session.idleMinutes': 30,
    'session.absoluteHours': 12,
  }).map(([id, value]) => ({ id, value, effectiveFrom: '2024-01-01' })),
)

/** A directory of two bodies: `emergency` leads two sectors, `archive` none. */
export const directory: Directory<Reader> = {
  findUnit: async () => undefined,
  unitContacts: async () => [],
  matchUnits: async () => [],
  routeMatter: async () => ({ leadBodyId: 'office', jointBodyIds: [], townBodyId: null, reason: null }),
  sectorsOf: async (_reader, _county, bodyId) => (bodyId === 'emergency' ? ['mines', 'industry'] : []),
  areaName: (_county, code) => ({ [county]: '青阳县', [muzhen]: '木镇镇', '341723102': '庙前镇' })[code] ?? code,
  bodyName: (_county, id) => ({ emergency: '县应急管理局', archive: '县档案馆' })[id] ?? id,
  sectorName: (_county, id) => ({ mines: '矿山', industry: '工贸' })[id] ?? id,
}

type Grants = z.input<typeof GrantInput>[]
export const countyAdministrator: Grants = [{ role: 'administrator', area: county }]

/** Identity on a database, as the server would run it, with a clock that the test moves. */
export async function openRig(db: Db) {
  const clock = fixedClock('2026-11-23T09:00:00')
  const environment = { calendar: createCalendar([]), parameters, reload: async () => {} }
  const passwords = createPasswords()
  const sessions = createSessions({ db, county, directory, environment })
  const module = identityModule({
    db,
    county,
    directory,
    environment,
    passwords,
    sessions,
    clock,
    permissions: () => identityPermissions,
    unread: async () => 3,
    demo: () => false,
  })
  const runner = createRunner({ db, actions: module.actions ?? [], permissions: identityPermissions, env: environment })
  const parts = { db, county, passwords, run: runner.run }
  let serial = 0

  const plain = async <I extends z.ZodType, O extends z.ZodType>(
    contract: QueryContract<I, O>,
    input: z.input<I>,
    request: { token?: string; ip?: string } = {},
  ) => {
    const operation = module.plain?.find((row) => row.contract.id === contract.id)
    if (!operation) throw new Error(`${contract.id} is not registered`)
    let token: string | undefined
    const context: PlainContext = {
      actor: await sessions.actorOf(request.token, clock.now()),
      token: request.token,
      ip: request.ip ?? '10.0.0.1',
      agent: 'test',
      now: clock.now(),
      setSession: (given) => {
        token = given
      },
      clearSession: () => {},
    }
    const output = contract.output.parse(await operation.run(context, input))
    return { output, token: token ?? '' }
  }

  const contextOf = (actor: Actor): QueryContext => ({
    db,
    county,
    actor,
    now: clock.now(),
    today: dayOf(clock.now()),
    environment,
    boxes: (permission) => boxesFor(actor, permission, identityPermissions),
    can: (permission, facets) => can(actor, permission, facets, identityPermissions),
    holds: (permission) => holds(actor, permission, identityPermissions),
  })

  const ask = async <I extends z.ZodType, O extends z.ZodType>(
    actor: Actor,
    contract: QueryContract<I, O>,
    input: z.input<I>,
  ): Promise<z.output<O>> => {
    const query = module.queries?.find((row) => row.contract.id === contract.id)
    if (!query) throw new Error(`${contract.id} is not registered`)
    return contract.output.parse(await query.run(contextOf(actor), input))
  }

  const run = async <I extends z.ZodType, O extends z.ZodType>(
    actor: Actor,
    contract: ActionContract<I, O>,
    envelope: { actionId?: string; recordId: string; version?: number; input: z.input<I> },
  ): Promise<ActionResult<z.output<O>>> => {
    const full = { actionId: newId(clock.now().getTime()), ...envelope }
    const result = await runner.run(actor, contract.id, full, { now: clock.now() })
    return { ...result, output: contract.output.parse(result.output) }
  }

  return {
    db,
    clock,
    sessions,
    parts,
    runner,
    ask,
    run,
    signIn: (login: string, password = goodPassword, request: { token?: string; ip?: string } = {}) =>
      plain(signIn, { login, password }, request),
    signOut: (token: string) => plain(signOut, {}, { token }),
    session: async (token: string) => (await plain(getSession, {}, { token })).output,
    changePassword: async (token: string, current: string, next: string) =>
      (await plain(changePassword, { current, next }, { token })).output,
    /** An account that may work at once; its login is like no other. */
    async account(grants: Grants = []) {
      serial += 1
      const login = `user${serial}`
      const id = await demoAccount(parts, { login, name: `用户${serial}`, grants, password: goodPassword }, clock.now())
      return { id, login }
    },
    /** Signs in and answers the actor the server sees. */
    async actor(login: string): Promise<Actor> {
      const { token } = await plain(signIn, { login, password: goodPassword })
      const actor = await sessions.actorOf(token, clock.now())
      if (!actor) throw new Error(`${login} has no session`)
      return actor
    },
    create: (actor: Actor, login: string, grants: Grants = [], recordId = newId(clock.now().getTime())) =>
      run(actor, createAccount, {
        recordId,
        input: { login, name: '新账号', grants, password: goodPassword, confirmPassword: goodPassword },
      }),
    version: async (actor: Actor, id: string) => (await ask(actor, getAccount, { id })).version,
  }
}

export type Rig = Awaited<ReturnType<typeof openRig>>

/** The code of the refusal a promise ends with; 'accepted' when nothing was refused. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'accepted'
  } catch (error) {
    if (error instanceof Problem) return error.def.code
    throw error
  }
}
