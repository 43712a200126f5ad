import type { ColumnType } from 'kysely'
import type { Role } from '#kernel/grants.ts'
import type { AccountState } from '../model/index.ts'

type MaybeInstant = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface AccountTable {
  county: string
  id: string
  version: number
  login: string
  name: string
  person_id: string | null
  state: AccountState
  area: string
  created_on: string
}

export interface AccountGrantTable {
  county: string
  id: string
  account_id: string
  role: Role
  area: string
  sectors: string[] | null
  unit_id: string | null
  body_id: string | null
  from_day: string
  to_day: string | null
}

export interface CredentialTable {
  county: string
  account_id: string
  hash: string
  must_change: boolean
  changed_at: Date
}

export interface CredentialPastTable {
  county: string
  account_id: string
  set_at: Date
  hash: string
}

export interface SessionTable {
  county: string
  token_hash: Buffer
  account_id: string
  created_at: Date
  last_seen_at: Date
  ends_at: Date
  ip: string
  agent: string
  ended_at: MaybeInstant
  end_reason: string | null
}

export interface SignInAttemptTable {
  county: string
  kind: 'login' | 'address'
  key: string
  failures: number
  since: Date
  locked_until: Date | null
  locks: number
}

/** Identity's own tables, on top of the platform's. */
export type IdentityTables = {
  account: AccountTable
  account_grant: AccountGrantTable
  credential: CredentialTable
  credential_past: CredentialPastTable
  session: SessionTable
  sign_in_attempt: SignInAttemptTable
}
