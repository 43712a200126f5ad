import { addDays, type Day } from '#kernel/time.ts'
import type { Reader } from '#platform/db/tables.ts'
import {
  type CriteriaLibrary,
  type CriteriaWord,
  type CriterionFacts,
  factsOf,
  inForce,
  type Standard,
  type StandardRecord,
  standardIn,
} from '../model/index.ts'
import { type IndexedItem, indexItems } from './search.ts'
import { libraryRevision, listStandardRecords } from './store.ts'

export interface LoadedCriteria extends CriteriaLibrary {
  readonly records: readonly StandardRecord[]
  /** Those that hold on some day: all but the withdrawn. */
  readonly standards: readonly Standard[]
  readonly index: readonly IndexedItem[]
  /** How people say what the standards write. */
  readonly words: readonly CriteriaWord[]
}

export interface CriteriaShelf {
  /** The library as it is stored now, whichever process has written to it last. */
  current(reader: Reader): Promise<LoadedCriteria>
}

/**
 * Keeps the library in memory: a few hundred items that are asked for at every key somebody types. Each time the number
 * of changes is asked of the database, which costs a fraction of a millisecond: a judgement must never rest on an
 * edition that another process has replaced.
 */
export function createCriteria(county: string, words: () => readonly CriteriaWord[]): CriteriaShelf {
  let held: { readonly revision: number; readonly library: LoadedCriteria } | undefined
  return {
    async current(reader) {
      const revision = await libraryRevision(reader, county)
      if (held?.revision === revision) return held.library
      const library = libraryOf(await listStandardRecords(reader, county), words())
      // A reader whose snapshot is older than what is held gets its own and does not turn the others back.
      if (!held || held.revision < revision) held = { revision, library }
      return library
    },
  }
}

function libraryOf(records: readonly StandardRecord[], words: readonly CriteriaWord[]): LoadedCriteria {
  const standards = records.filter((record) => record.withdrawn === null).map(standardIn)
  const byId = new Map<string, CriterionFacts>()
  for (const standard of standards) {
    const lastDay = standard.supersededOn === null ? null : addDays(standard.supersededOn, -1)
    // Items that were withdrawn are still known by id, because judgements name them.
    for (const item of standard.items) {
      if (byId.has(item.id)) throw new Error(`criteria item ${item.id} stands twice in the library`)
      byId.set(item.id, factsOf(standard, item, lastDay))
    }
  }
  let index: readonly IndexedItem[] | undefined
  return {
    records,
    standards,
    words,
    get index() {
      index ??= indexItems(standards)
      return index
    },
    find: (id) => byId.get(id),
    hasItems: (sector: string, on: Day) =>
      standards.some(
        (standard) =>
          standard.sectors.includes(sector) && inForce(standard, on) && standard.items.some((item) => !item.withdrawn),
      ),
  }
}
