import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { z } from 'zod'
import { type CastMember, castOf } from '#apps/demo/cast.ts'
import { openProduct, type Product } from '#apps/server/product.ts'
import { registerUnit } from '#capabilities/directory/model/index.ts'
import { demoAccount } from '#capabilities/identity/server/module.ts'
import type { AttachmentPurpose } from '#kernel/attachment.ts'
import { creditCodeCheckDigit } from '#kernel/chinese/codes.ts'
import type { ActionContract, ActionResult, QueryContract } from '#kernel/contract.ts'
import { Problem } from '#kernel/errors.ts'
import { type Actor, boxesFor, can, holds } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { dayOf, type FixedClock, fixedClock } from '#kernel/time.ts'
import { rethrowDeclared } from '#platform/actions/declared.ts'
import { loadConfig } from '#platform/config/config.ts'
import type { QueryContext } from '#platform/module/module.ts'
import { isUnbound } from './counties.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export const testPassword = 'Anquan#2026'

/** The whole product on a database of its own, with a clock the test moves and people of every role. */
export interface TestProduct {
  readonly product: Product
  readonly database: TestDatabase
  readonly clock: FixedClock
  readonly home: string
  /** The account of this login as it may act now; see apps/demo/cast.ts for who there is. */
  as(login: string): Promise<Actor>
  /** An account with these grants, made when it is not there. */
  account(login: string, grants: CastMember['grants']): Promise<Actor>
  run<I extends z.ZodType, O extends z.ZodType>(
    actor: Actor,
    contract: ActionContract<I, O>,
    call: { recordId?: string; version?: number; actionId?: string; input: z.input<I> },
  ): Promise<ActionResult<z.output<O>>>
  ask<I extends z.ZodType, O extends z.ZodType>(
    actor: Actor,
    contract: QueryContract<I, O>,
    input: z.input<I>,
  ): Promise<z.output<O>>
  context(actor: Actor): QueryContext
  /** Registers a unit of the county and answers its id. */
  unit(name: string, area: string, sector: string): Promise<string>
  /** Sends a small paper in and answers what an action takes. */
  paper(
    actor: Actor,
    purpose: AttachmentPurpose,
    text?: string,
  ): Promise<{ uploadId: string; purpose: AttachmentPurpose }>
  close(): Promise<void>
}

const system = { personId: null, grants: [], system: true } as const

/** `pack` names another folder of packs/, such as _neutral. */
export async function openTestProduct(now = '2026-11-24T09:00:00', pack?: string): Promise<TestProduct> {
  const database = await createTestDatabase()
  const home = await mkdtemp(join(tmpdir(), 'zhiben-product-'))
  const clock = fixedClock(now)
  const config = loadConfig({
    ZHIBEN_HOME: home,
    LOG_LEVEL: 'silent',
    ...(pack ? { ZHIBEN_PACK: `packs/${pack}` } : {}),
  })
  const logger = pino({ level: 'silent' })
  const unbound = new Set<string>()
  const heard = (statement: string) => {
    if (isUnbound(statement)) unbound.add(statement)
  }
  const product = await openProduct({ config, databaseUrl: database.url, clock, logger, strict: true, heard })
  const account = await accountsOf(product, clock)
  const cast = new Map(castOf(product.pack).map((member) => [member.login, member]))
  return {
    product,
    database,
    clock,
    home,
    account,
    as: (login) => account(login, cast.get(login)?.grants ?? []),
    ...callsOf(product, clock),
    async close() {
      await product.close()
      await database.drop()
      await rm(home, { recursive: true, force: true })
      // A county on a distributed database would wait for every node; docs: test/kit/counties.ts.
      if (unbound.size > 0) throw new Error(`not bound to a county:\n${[...unbound].join('\n')}`)
    },
  }
}

async function accountsOf(product: Product, clock: FixedClock): Promise<TestProduct['account']> {
  const { county, modules, runner } = product
  const parts = { db: product.database.db, county, passwords: modules.passwords, run: runner.run }
  const hash = await modules.passwords.hash(testPassword)
  return async (login, grants) => {
    const made = { login, name: `${login}同志`, grants, password: testPassword, hash }
    const id = await demoAccount(parts, made, clock.now())
    const actor = await modules.sessions.accountActor(id, clock.now())
    if (!actor) throw new Error(`account ${login} cannot act`)
    return actor
  }
}

type Calls = Pick<TestProduct, 'run' | 'ask' | 'context' | 'unit' | 'paper'>

function callsOf({ county, database, environment, modules, runner, files, isDemo }: Product, clock: FixedClock): Calls {
  const { db } = database
  const root: Actor = { county, accountId: newId(0), name: '测试准备', ...system }
  let serial = 1_000_000
  const calls: Calls = {
    context: (actor) => ({
      db,
      county,
      actor,
      now: clock.now(),
      today: dayOf(clock.now()),
      environment,
      demo: isDemo(),
      boxes: (permission) => boxesFor(actor, permission, modules.permissions),
      can: (permission, facets) => can(actor, permission, facets, modules.permissions),
      holds: (permission) => holds(actor, permission, modules.permissions),
    }),
    async run(actor, contract, { actionId, recordId, ...call }) {
      const ids = {
        actionId: actionId ?? newId(clock.now().getTime()),
        recordId: recordId ?? newId(clock.now().getTime()),
      }
      const result = await runner.run(actor, contract.id, { ...ids, ...call }, { now: clock.now() })
      return { ...result, output: contract.output.parse(result.output) }
    },
    async ask(actor, contract, input) {
      const query = modules.all.flatMap((module) => module.queries ?? []).find((row) => row.contract.id === contract.id)
      if (!query) throw new Error(`${contract.id} is not registered`)
      try {
        return contract.output.parse(await query.run(calls.context(actor), input))
      } catch (error) {
        return rethrowDeclared(contract, error)
      }
    },
    async unit(name, area, sector) {
      serial += 1
      const recordId = newId(clock.now().getTime())
      await calls.run(root, registerUnit, { recordId, input: unitInput(serial, name, area, sector, county) })
      return recordId
    },
    async paper(actor, purpose, text = `paper ${newId(clock.now().getTime())}`) {
      const id = newId(clock.now().getTime())
      const bytes = Buffer.from(`%PDF-1.4\n${text}\nstartxref\n0\n%%EOF`)
      await files.begin(db, actor, { id, name: 'a.pdf', size: bytes.length, purpose, capturedAt: null }, clock.now())
      await files.append(db, actor, id, 0, bytes, clock.now())
      await files.finish(db, actor, id, clock.now())
      return { uploadId: id, purpose }
    },
  }
  return calls
}

function unitInput(
  serial: number,
  name: string,
  area: string,
  sector: string,
  county: string,
): z.input<typeof registerUnit.input> {
  const first17 = `91${county}MA${serial}`
  const phone = (network: number) => `${network}${String(serial).padStart(8, '0')}`
  return {
    name,
    creditCode: first17 + creditCodeCheckDigit(first17),
    kind: 'unit',
    area,
    sectors: [sector],
    scale: 'small',
    principal: { name: `${name.slice(0, 6)}负责人`, phone: phone(138) },
    controller: { name: `${name.slice(0, 6)}控制人`, phone: phone(139) },
    confirmNew: true,
  }
}

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
