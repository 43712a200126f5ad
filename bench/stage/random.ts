import { type RawBuilder, sql } from 'kysely'

/** A whole number from 0 to `below - 1` that depends on the row `i` and the salt alone: the same data on every run. */
export const pick = (salt: number, below: RawBuilder<unknown> | number): RawBuilder<number> =>
  sql<number>`((hashint8extended(i, ${sql.lit(salt)}) & 2147483647) % ${typeof below === 'number' ? sql.lit(below) : below})::int`

/** A version 7 UUID of the instant `at` (SQL expression) for row `i`. */
export const uuidOf = (salt: string, at: RawBuilder<unknown>): RawBuilder<string> => sql<string>`(
  lpad(to_hex((extract(epoch from ${at}) * 1000)::bigint), 12, '0')
  || '7' || substr(md5(${sql.lit(salt)} || i::text), 1, 3)
  || '8' || substr(md5(${sql.lit(salt)} || i::text), 4, 3) || substr(md5(${sql.lit(salt)} || i::text), 7, 12))::uuid`
