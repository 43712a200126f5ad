import { addDays, type Day } from '#kernel/time.ts'
import {
  type CriteriaLibrary,
  type CriteriaWord,
  type CriterionFacts,
  factsOf,
  inForce,
  type Standard,
} from '../model/index.ts'

export interface LoadedCriteria extends CriteriaLibrary {
  readonly standards: readonly Standard[]
  /** How people say what the standards write. */
  readonly words: readonly CriteriaWord[]
}

/** The library in memory: a few hundred items that change only with the pack. Throws when two items share an id. */
export function createCriteria(standards: readonly Standard[], words: readonly CriteriaWord[]): LoadedCriteria {
  const byId = new Map<string, CriterionFacts>()
  for (const standard of standards) {
    const lastDay = standard.supersededOn === null ? null : addDays(standard.supersededOn, -1)
    for (const item of standard.items) {
      if (byId.has(item.id)) throw new Error(`criteria item ${item.id} stands twice in the packs`)
      byId.set(item.id, factsOf(standard, item, lastDay))
    }
  }
  return {
    standards,
    words,
    find: (id) => byId.get(id),
    hasItems: (sector: string, on: Day) =>
      standards.some(
        (standard) => standard.items.length > 0 && standard.sectors.includes(sector) && inForce(standard, on),
      ),
  }
}
