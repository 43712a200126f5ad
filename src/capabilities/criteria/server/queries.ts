import { sql } from 'kysely'
import type { z } from 'zod'
import { listDownload, ready } from '#platform/list/list-download.ts'
import {
  answer,
  type ExportDesk,
  type QueryContext,
  type RegisteredDownload,
  type RegisteredQuery,
} from '#platform/module/module.ts'
import {
  type CriteriaFilter,
  type CriterionView,
  criteriaExport,
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

async function find(
  shelf: CriteriaShelf,
  { db }: QueryContext,
  filter: z.output<typeof CriteriaFilter>,
): Promise<CriterionView[]> {
  const { index, words } = await shelf.current(db)
  const wanted = ({ standard, item }: IndexedItem) =>
    (filter.withdrawn || !item.withdrawn) &&
    (!filter.sector || standard.sectors.includes(filter.sector) || standard.crossCutting) &&
    (!filter.standardId || standard.id === filter.standardId) &&
    (!filter.on || inForce(standard, filter.on))
  const found = searchItems(index.filter(wanted), filter.text ?? '', words)
  return found.map(({ standard, item }) => viewOf(standard, item))
}

const search = (shelf: CriteriaShelf) =>
  answer(searchCriteria, async (context, { page, size, ...filter }) => {
    const found = await find(shelf, context, filter)
    return { rows: found.slice((page - 1) * size, page * size), total: found.length }
  })

export const itemExport = (shelf: CriteriaShelf, desk: ExportDesk): RegisteredDownload =>
  listDownload(criteriaExport, desk, async (context, filter) => ready(await find(shelf, context, filter)))

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
