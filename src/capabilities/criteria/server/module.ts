import { answer, type ServerModule } from '#platform/module/module.ts'
import { searchQuery, searchTokens } from '#platform/search/tokens.ts'
import {
  type CriterionView,
  inForce,
  listStandards,
  type Standard,
  type StandardItem,
  searchCriteria,
  suggestCriteria,
  suggestItems,
} from '../model/index.ts'
import type { LoadedCriteria } from './library.ts'

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
    verified: standard.verified,
  }
}

/** Whether the item has every part of what was typed. */
function matches(words: ReadonlySet<string>, terms: readonly string[]): boolean {
  return terms.every((term) => {
    if (!term.endsWith(':*')) return words.has(term)
    const start = term.slice(0, -2)
    for (const word of words) if (word.startsWith(start)) return true
    return false
  })
}

/** The library of 重大事故隐患判定标准: catalogue, search, and suggestions with their reasons (M05). */
export function criteriaModule(library: LoadedCriteria): ServerModule {
  const indexed = library.standards.flatMap((standard) =>
    standard.items.map((item) => ({
      standard,
      item,
      words: new Set(searchTokens(`${standard.title} ${item.group ?? ''} ${item.no} ${item.text}`).split(' ')),
    })),
  )
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
        const terms = searchQuery(input.text).split(' & ').filter(Boolean)
        const found = indexed.filter(
          ({ standard, words }) =>
            (!input.sector || standard.sectors.includes(input.sector)) &&
            (!input.standardId || standard.id === input.standardId) &&
            (!input.on || inForce(standard, input.on)) &&
            matches(words, terms),
        )
        // The very words first, then the shorter item: it says little else.
        const exact = ({ item }: (typeof found)[number]) => (item.text.includes(input.text) ? 0 : 1)
        if (input.text) found.sort((a, b) => exact(a) - exact(b) || a.item.text.length - b.item.text.length)
        const from = (input.page - 1) * input.size
        const rows = found.slice(from, from + input.size).map(({ standard, item }) => viewOf(standard, item))
        return { rows, total: found.length }
      }),
      answer(suggestCriteria, async (context, input) => {
        const on = input.on ?? context.today
        const found = suggestItems(library.standards, { description: input.description, sector: input.sector, on })
        const rows = found.map(({ standard, item, score, because }) => ({
          ...viewOf(standard, item),
          score: Math.round(score * 100) / 100,
          because: [...because],
        }))
        return { rows, hasItems: library.hasItems(input.sector, on) }
      }),
    ],
  }
}
