import type { Day } from '#kernel/time.ts'
import type { Reader } from '#platform/db/tables.ts'
import { answer, type RegisteredQuery } from '#platform/module/module.ts'
import { getPack, type PackView } from '../model/index.ts'

export interface PackDeps {
  /** Describes the county's pack as it is loaded, and what its files would change now. */
  readonly describePack: (reader: Reader, today: Day) => Promise<PackView>
}

/** The data pack: what the county's plan and its reference data consist of. */
export const packQueries = ({ describePack }: PackDeps): RegisteredQuery[] => [
  answer(getPack, ({ db, today }) => describePack(db, today)),
]
