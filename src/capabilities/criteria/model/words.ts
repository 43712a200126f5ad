import { z } from 'zod'

const Text = z.string().trim().min(1, '不能为空')

/** How people say a thing, and how the standards write it. Only finds items; decides nothing. */
export const CriteriaWord = z.strictObject({
  says: z.array(Text).min(1, '至少写一种说法'),
  means: z.array(Text).min(1, '至少写一个标准里的词'),
  /** Only of these sectors; without them of all. */
  sectors: z.array(Text).min(1, '不限行业的请删去此项').optional(),
})
export type CriteriaWord = z.infer<typeof CriteriaWord>

export const CriteriaWordsFile = z.strictObject({ words: z.array(CriteriaWord) })

/** A phrase that stands in a text, and what it means in the words of the standards. */
export interface Heard {
  readonly said: string
  readonly means: readonly string[]
}

/** The phrases of a text that have a meaning, in these sectors where they are known; of several the longest is heard. */
export function heardIn(text: string, words: readonly CriteriaWord[], sectors?: readonly string[]): Heard[] {
  const heard: Heard[] = []
  for (const { says, means, sectors: only } of words) {
    if (only && sectors && !only.some((sector) => sectors.includes(sector))) continue
    const said = says.filter((phrase) => text.includes(phrase)).sort((a, b) => b.length - a.length)[0]
    if (said) heard.push({ said, means })
  }
  return heard
}
