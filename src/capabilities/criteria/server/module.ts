import { answer, type ServerModule } from '#platform/module/module.ts'
import {
  type CriterionView,
  inForce,
  listStandards,
  reasonOf,
  type Standard,
  type StandardItem,
  searchCriteria,
  suggestCriteria,
  suggestItems,
} from '../model/index.ts'
import type { LoadedCriteria } from './library.ts'
import { type IndexedItem, indexItems, searchItems } from './search.ts'

function viewOf(standard: Standard, item: StandardItem): CriterionView {
  return {
    id: item.id,
    standardId: standard.id,
    standardTitle: standard.title,
    documentNo: standard.documentNo,
    group: item.group,
    no: item.no,
    text: item.text,
    catchAll: item.catchAll,
    confidence: item.confidence,
  }
}

/** The library of 重大事故隐患判定标准: catalogue, search, and suggestions with their reasons (M05). */
export function criteriaModule(library: LoadedCriteria): ServerModule {
  const index = indexItems(library.standards)
  return {
    name: 'criteria',
    permissions: {},
    errors: [],
    queries: [
      answer(listStandards, async (context, input) => {
        const on = input.on ?? context.today
        const rows = library.standards
          .filter((standard) => !input.sector || standard.sectors.includes(input.sector))
          .map(({ items, ...standard }) => ({
            ...standard,
            sectors: [...standard.sectors],
            items: items.length,
            inForce: inForce({ items, ...standard }, on),
          }))
        return { rows }
      }),
      answer(searchCriteria, async (_context, input) => {
        const wanted = ({ standard }: IndexedItem) =>
          (!input.sector || standard.sectors.includes(input.sector) || standard.crossCutting) &&
          (!input.standardId || standard.id === input.standardId) &&
          (!input.on || inForce(standard, input.on))
        const found = searchItems(index.filter(wanted), input.text, library.words)
        const from = (input.page - 1) * input.size
        const rows = found.slice(from, from + input.size).map(({ standard, item }) => viewOf(standard, item))
        return { rows, total: found.length }
      }),
      answer(suggestCriteria, async (context, input) => {
        const on = input.on ?? context.today
        const { description, sector, sectors = [] } = input
        const found = suggestItems(library.standards, { description, sector, sectors, on }, 5, library.words)
        const rows = found.map(({ standard, item, scope, score, because, heard }) => ({
          ...viewOf(standard, item),
          reason: reasonOf({ scope, because, heard }),
          score: Math.round(score * 100) / 100,
          because: [...because],
        }))
        return { rows, hasItems: library.hasItems(input.sector, on) }
      }),
    ],
  }
}
