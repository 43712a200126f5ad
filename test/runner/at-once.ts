import { setTimeout as sleep } from 'node:timers/promises'
import { type ActionContract, operationPath } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { type TestProduct, testPassword } from '#test/kit/product.ts'
import { openWeb, ownPage } from '#test/kit/web.ts'

export interface Told {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape, good and wrong ones.
  readonly body: any
}

export interface Call {
  readonly by: Actor
  readonly contract: ActionContract
  readonly call: { readonly recordId: string; readonly version?: number; readonly input: object }
}

/** The lock on a record, as a statement. */
export const rowOf = (table: string, id: string): string => `select 1 from "${table}" where id = '${id}' for update`

/** The product on a real socket, asked by several people in the same instant. */
export interface AtOnce {
  /**
   * Sends the calls over connections of their own while the lock they all need is held, and lets go of it only when each
   * of them stands in line for it: whatever comes of it, nobody was there before the others.
   */
  meet(lock: string, calls: readonly Call[]): Promise<Told[]>
  close(): Promise<void>
}

export async function openAtOnce(test: TestProduct): Promise<AtOnce> {
  const web = await openWeb(test)
  const address = await web.app.listen({ host: '127.0.0.1', port: 0 })
  const cookies = new Map<string, string>()
  const { pool } = test.product.database

  async function cookieOf({ accountId }: Actor): Promise<string> {
    const known = cookies.get(accountId)
    if (known) return known
    const { rows } = await pool.query<{ login: string }>('select login from account where id = $1', [accountId])
    const { cookie } = await web.signIn(rows[0]?.login ?? '', testPassword)
    cookies.set(accountId, cookie)
    return cookie
  }

  async function send({ contract, call }: Call, cookie: string): Promise<Told> {
    const body = JSON.stringify({ actionId: newId(test.clock.now().getTime()), ...call })
    const headers = { 'content-type': 'application/json', cookie, ...ownPage }
    const reply = await fetch(`${address}${operationPath(contract.id)}`, { method: 'POST', headers, body })
    return { status: reply.status, body: await reply.json() }
  }

  /** Until that many sessions of this database wait for a lock. */
  async function waiting(count: number): Promise<void> {
    for (let turn = 0; turn < 1000; turn += 1) {
      const { rows } = await pool.query<{ n: number }>(
        `select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      if ((rows[0]?.n ?? 0) >= count) return
      await sleep(10)
    }
    throw new Error(`not all ${count} calls came as far as the record`)
  }

  return {
    async meet(lock, calls) {
      const sent: Promise<Told>[] = []
      const ready: string[] = []
      for (const { by } of calls) ready.push(await cookieOf(by))
      const holder = await pool.connect()
      try {
        await holder.query('begin')
        await holder.query(lock)
        sent.push(...calls.map((call, at) => send(call, ready[at] ?? '')))
        await waiting(calls.length)
      } finally {
        await holder.query('rollback')
        holder.release()
      }
      return Promise.all(sent)
    },
    close: () => web.close(),
  }
}
