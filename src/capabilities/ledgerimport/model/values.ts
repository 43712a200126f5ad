import { channels, levels, listingLevels } from '#capabilities/hazard/model/index.ts'
import { normaliseText } from '#kernel/chinese/text.ts'
import { progressWords, wordReaders } from './words.ts'

/** What the words of a ledger may mean in the county's own lists; aliases come from the pack. */
export interface Vocabulary {
  readonly areas: readonly { readonly code: string; readonly names: readonly string[] }[]
  readonly sectors: readonly { readonly id: string; readonly names: readonly string[] }[]
}

/** Columns whose words are looked up; the person corrects what was not understood, and it is remembered. */
export const valueFields = ['area', 'sector', 'channel', 'listing', 'progress', 'level'] as const
export type ValueField = (typeof valueFields)[number]
export type ValueMapping = Partial<Record<ValueField, Readonly<Record<string, string>>>>

const tidy = (text: string) => normaliseText(text).replace(/\s/g, '')
const bare = (text: string) => tidy(text).replace(/[（(].*?[)）]/g, '')

function byName<T>(items: readonly T[], names: (item: T) => readonly string[], text: string): T | undefined {
  for (const candidate of [tidy(text), bare(text)]) {
    const exact = items.find((item) => names(item).some((name) => tidy(name) === candidate))
    if (exact) return exact
  }
  const core = bare(text)
  if (core.length < 2) return undefined
  const parts = items.filter((item) => names(item).some((name) => core.includes(bare(name)) && bare(name).length >= 2))
  // Two sectors in one cell are the person's choice, not ours.
  return parts.length === 1 ? parts[0] : undefined
}

/** What a word means, or undefined when it must be asked. */
export function recognise(vocabulary: Vocabulary, field: ValueField, text: string): string | undefined {
  if (field === 'area') return byName(vocabulary.areas, (area) => area.names, text)?.code
  if (field === 'sector') return byName(vocabulary.sectors, (sector) => sector.names, text)?.id
  return wordReaders[field](text)
}

const fixedNames: Record<Exclude<ValueField, 'area' | 'sector'>, Readonly<Record<string, string>>> = {
  channel: channels,
  listing: listingLevels,
  progress: progressWords,
  level: levels,
}

/** The Chinese name of what a value stands for; undefined when it is no entry of the list. */
export function valueName(vocabulary: Vocabulary, field: ValueField, id: string): string | undefined {
  if (field === 'area') return vocabulary.areas.find((area) => area.code === id)?.names[0]
  if (field === 'sector') return vocabulary.sectors.find((sector) => sector.id === id)?.names[0]
  return fixedNames[field][id]
}

export const isValueField = (field: string): field is ValueField => (valueFields as readonly string[]).includes(field)
