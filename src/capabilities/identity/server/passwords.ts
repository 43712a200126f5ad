import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** argon2id by default; the costs are OWASP's minimum for it, about 25 ms on an office PC. */
const costs = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** A password that was set before its account was made, so that its text need not be hashed then. */
export interface PreparedPassword {
  readonly hash: string
  readonly mustChange: boolean
}

/** Hashes and compares passwords. One object per process: accounts made at start-up hand their hashes over through it. */
export interface Passwords {
  /** The PHC text of a new hash with a salt of its own. */
  hash(password: string): Promise<string>
  /** Compares in the same time whether or not there is anything to compare with. */
  matches(stored: string | null, password: string): Promise<boolean>
  /** Hands a hash to the creation of the account with this id, past the action's input, which is kept for good. */
  prepare(accountId: string, prepared: PreparedPassword): void
  prepared(accountId: string): PreparedPassword | undefined
  discard(accountId: string): void
}

export function createPasswords(): Passwords {
  const waiting = new Map<string, PreparedPassword>()
  // Made at once: were it made by the first unknown login, that answer would take longer than all others.
  const dummy = hash('nobody has this password', costs)
  return {
    hash: (password) => hash(password, costs),
    async matches(stored, password) {
      if (stored !== null) return verify(stored, password)
      // An unknown login must cost what a known one costs; otherwise the answer's time tells which logins exist.
      await verify(await dummy, password)
      return false
    },
    prepare: (accountId, prepared) => void waiting.set(accountId, prepared),
    prepared: (accountId) => waiting.get(accountId),
    discard: (accountId) => void waiting.delete(accountId),
  }
}

/** Without letters and digits that are mistaken for one another on paper. */
const letters = 'abcdefghjkmnpqrstuvwxyz'
const digits = '23456789'

/** A password to be shown once and typed by a person: three groups, about 62 bits, always with letters and digits. */
export function randomPassword(): string {
  const pick = (from: string, count: number) =>
    Array.from({ length: count }, () => from.charAt(randomInt(from.length))).join('')
  return `${pick(letters, 5)}-${pick(letters + digits, 5)}-${pick(digits, 5)}`
}
