import { normaliseText } from '#kernel/chinese/text.ts'

/** What the words of a ledger may mean in the county's own lists; aliases come from the pack. */
export interface Vocabulary {
  readonly areas: readonly { readonly code: string; readonly names: readonly string[] }[]
  readonly sectors: readonly { readonly id: string; readonly names: readonly string[] }[]
}

/** Columns whose words are looked up; the person corrects what was not understood, and it is remembered. */
export const valueFields = ['area', 'sector', 'channel', 'listing', 'progress', 'level'] as const
export type ValueField = (typeof valueFields)[number]
export type ValueMapping = Partial<Record<ValueField, Readonly<Record<string, string>>>>

export const progressWords = {
  open: '未整改',
  rectifying: '整改中',
  rectified: '已整改待验收',
  closed: '已销号',
} as const
export type Progress = keyof typeof progressWords

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

const channelRules: readonly (readonly [RegExp, string])[] = [
  [/举报|群众|投诉|信访|12350|12345|热线/, 'publicReport'],
  [/自查|自报|企业上报|自行|自检/, 'selfCheck'],
  [/检查|督导|暗访|督查|巡查|执法|交办|抽查|明查|通报|反馈|排查/, 'inspection'],
]

const progressRules: readonly (readonly [RegExp, Progress])[] = [
  [/销号|闭环|销案/, 'closed'],
  [/待验收|待复查/, 'rectified'],
  [/未整改|未完成|逾期|尚未|未改/, 'open'],
  [/正在|整改中|推进|进行|部分/, 'rectifying'],
  [/已整改|已完成|整改完成|完成整改|整改到位|已改|是/, 'rectified'],
]

const listingRules: readonly (readonly [RegExp, string])[] = [
  [/省/, 'province'],
  [/市/, 'city'],
  [/县|区/, 'county'],
  [/^(否|无|未|没有|不|\/|-|—)/, 'none'],
]

const levelRules: readonly (readonly [RegExp, string])[] = [
  [/重大/, 'major'],
  [/一般|较大/, 'general'],
]

const byRule = (rules: readonly (readonly [RegExp, string])[], text: string) =>
  rules.find(([pattern]) => pattern.test(text))?.[1]

/**
 * What a word means, or undefined when it must be asked. 是 in the listing column is asked on purpose: it does not say
 * who listed, and who listed decides who may close.
 */
export function recognise(vocabulary: Vocabulary, field: ValueField, text: string): string | undefined {
  const word = tidy(text)
  switch (field) {
    case 'area':
      return byName(vocabulary.areas, (area) => area.names, word)?.code
    case 'sector':
      return byName(vocabulary.sectors, (sector) => sector.names, word)?.id
    case 'channel':
      return byRule(channelRules, word)
    case 'progress':
      return byRule(progressRules, word)
    case 'listing':
      return word === '' ? 'none' : byRule(listingRules, word)
    case 'level':
      return byRule(levelRules, word)
  }
}
