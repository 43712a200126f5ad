import { sql } from 'kysely'
import { answer, type RegisteredQuery } from '#platform/module/module.ts'
import {
  type CriterionView,
  inForce,
  listStandardChanges,
  listStandards,
  reasonOf,
  type Standard,
  type StandardItem,
  searchCriteria,
  standardIn,
  suggestCriteria,
  suggestItems,
} from '../model/index.ts'
import type { CriteriaShelf } from './library.ts'
import { type IndexedItem, searchItems } from './search.ts'

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
    borrowed: item.borrowed,
    withdrawn: item.withdrawn,
    effectiveFrom: standard.effectiveFrom,
    supersededOn: standard.supersededOn,
  }
}

const catalogue = (shelf: CriteriaShelf) =>
  answer(listStandards, async (context, input) => {
    const on = input.on ?? context.today
    const { records } = await shelf.current(context.db)
    const standing = records.filter(({ withdrawn }) => withdrawn === null)
    const rows = (input.withdrawn ? records : standing)
      .filter((record) => !input.sector || standardIn(record).sectors.includes(input.sector))
      .map((record) => {
        const { items, ...standard } = standardIn(record)
        return {
          ...standard,
          recordId: record.id,
          version: record.version,
          origin: record.origin,
          amended: record.amended !== null,
          withdrawn: record.withdrawn?.reason ?? null,
          supersedes: record.supersedes.map(({ code }) => code),
          supersededBy: standing
            .filter((other) => other.supersedes.some(({ code }) => code === record.code))
            .map(({ code }) => code),
          sectors: [...standard.sectors],
          items: items.filter((item) => !item.withdrawn).length,
          inForce: record.withdrawn === null && inForce({ items, ...standard }, on),
        }
      })
    return { rows }
  })

const search = (shelf: CriteriaShelf) =>
  answer(searchCriteria, async (context, input) => {
    const { index, words } = await shelf.current(context.db)
    const wanted = ({ standard, item }: IndexedItem) =>
      (input.withdrawn || !item.withdrawn) &&
      (!input.sector || standard.sectors.includes(input.sector) || standard.crossCutting) &&
      (!input.standardId || standard.id === input.standardId) &&
      (!input.on || inForce(standard, input.on))
    const found = searchItems(index.filter(wanted), input.text, words)
    const from = (input.page - 1) * input.size
    const rows = found.slice(from, from + input.size).map(({ standard, item }) => viewOf(standard, item))
    return { rows, total: found.length }
  })

const suggestions = (shelf: CriteriaShelf) =>
  answer(suggestCriteria, async (context, input) => {
    const on = input.on ?? context.today
    const { description, sector, sectors = [] } = input
    const library = await shelf.current(context.db)
    const found = suggestItems(library.standards, { description, sector, sectors, on }, 5, library.words)
    const rows = found.map((suggestion) => ({
      ...viewOf(suggestion.standard, suggestion.item),
      reason: reasonOf(suggestion),
      score: Math.round(suggestion.score * 100) / 100,
      because: [...suggestion.because],
    }))
    return { rows, hasItems: library.hasItems(input.sector, on) }
  })

const changes = answer(listStandardChanges, async (context, { recordId }) => {
  const result = await sql<{ at: Date; actor_name: string; summary: string }>`
    select at, actor_name, summary from action
    where county = ${context.county} and record_id = ${recordId} and record_type = 'standard'
    order by seq desc limit 200`.execute(context.db)
  return { rows: result.rows.map(({ at, actor_name: actor, summary }) => ({ at: at.toISOString(), actor, summary })) }
})

/** Catalogue, search, suggestions, and who has changed a standard. */
export const libraryQueries = (shelf: CriteriaShelf): RegisteredQuery[] => [
  catalogue(shelf),
  search(shelf),
  suggestions(shelf),
  changes,
]
