import type { z } from 'zod'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import type { ActionRunner, BatchRun } from '#platform/actions/runner.ts'
import type { Reader } from '#platform/db/tables.ts'
import { createAccount, type GrantInput } from '../model/index.ts'
import { type Passwords, randomPassword } from './passwords.ts'
import { findByLogin } from './store.ts'

export interface BootstrapParts {
  readonly db: Reader
  readonly county: string
  /** The same object the module was given. */
  readonly passwords: Passwords
  /** `runner.run`, or the run of a batch, so that several accounts are made in one transaction or none. */
  readonly run: BatchRun | ActionRunner['run']
}

export interface NewAccount {
  /** Minted when absent; demo data names it so that a second start finds the same ids. */
  readonly id?: string
  readonly login: string
  readonly name: string
  readonly personId?: string | null
  readonly grants: readonly z.input<typeof GrantInput>[]
}

/** Acts before there is anybody to act; named in the audit as what it is. */
const installer = (county: string): Actor => ({
  county,
  accountId: '00000000-0000-7000-8000-000000000000',
  personId: null,
  name: '系统初始化',
  grants: [],
  system: true,
})

/**
 * Makes an account when its login is not there yet, with a random password that must be changed at the first sign-in.
 * Answers that password, to be shown once; undefined when the login existed and nothing was done.
 */
export async function ensureAccount(
  parts: BootstrapParts,
  account: NewAccount,
  now: Date,
): Promise<{ readonly id: string; readonly login: string; readonly password: string } | undefined> {
  if (await findByLogin(parts.db, parts.county, account.login)) return undefined
  const password = randomPassword()
  const id = await create(parts, account, { password, mustChange: true }, now)
  return { id, login: account.login, password }
}

/**
 * Makes a demo account that may work at once with the given password; `hash` (argon2id PHC text of that password) saves
 * the time of hashing it. Answers the account's id, also when it was there before.
 */
export async function demoAccount(
  parts: BootstrapParts,
  account: NewAccount & { readonly password: string; readonly hash?: string },
  now: Date,
): Promise<string> {
  const known = await findByLogin(parts.db, parts.county, account.login)
  return known?.id ?? create(parts, account, { ...account, mustChange: false }, now)
}

async function create(
  parts: BootstrapParts,
  account: NewAccount,
  secret: { readonly password: string; readonly hash?: string; readonly mustChange: boolean },
  now: Date,
): Promise<string> {
  const { county, passwords, run } = parts
  const recordId = account.id ?? newId(now.getTime())
  const { login, name, personId = null, grants } = account
  const { password, mustChange } = secret
  passwords.prepare(recordId, { hash: secret.hash ?? (await passwords.hash(password)), mustChange })
  try {
    const input: z.input<typeof createAccount.input> = {
      login,
      name,
      personId,
      grants: [...grants],
      password,
      confirmPassword: password,
    }
    await run(installer(county), createAccount.id, { actionId: newId(now.getTime()), recordId, input }, { now })
  } finally {
    passwords.discard(recordId)
  }
  return recordId
}
