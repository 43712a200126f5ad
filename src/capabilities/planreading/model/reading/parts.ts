import type { Paragraph } from '#kernel/document/lines.ts'
import { markerOf } from '#kernel/document/markers.ts'
import { dayOfLine } from './letter.ts'

/** A document is a letter, the plan it sends, and what is annexed; a plan that came alone is only the middle one. */
export interface DocumentParts {
  readonly letter: readonly Paragraph[]
  readonly plan: readonly Paragraph[]
  readonly annexes: readonly (readonly Paragraph[])[]
}

const annexStart = /^附[件表](?:\d{1,2}|[一二三四五六七八九十])?[：]?$/
const planTitle = /(?:方案|计划|意见|要点|细则|办法|措施)(?:（[^（）]{0,40}）)?$/

/** A line that can be the title of a plan, or the end of one that takes two lines. */
export const isTitle = (text: string) =>
  text.length <= 60 && planTitle.test(text) && !/[。；，：]/.test(text) && markerOf(text) === undefined

const numbered = (paragraph: Paragraph) => !paragraph.cells && markerOf(paragraph.text) !== undefined

/** Where the paragraphs stop being one paper and begin being the next: a plan's title below a signature, or 附件. */
function cutsOf(paragraphs: readonly Paragraph[]): { at: number; annex: boolean }[] {
  const cuts: { at: number; annex: boolean }[] = []
  let signed = false
  for (const [at, { text, cells }] of paragraphs.entries()) {
    if (cells) continue
    if (annexStart.test(text)) {
      cuts.push({ at, annex: true })
      signed = false
    } else if (dayOfLine(text) !== null) signed = true
    else if (signed && isTitle(text)) {
      // …三年行动 | 实施方案（2024—2026年）: the title begins on the line before.
      const above = paragraphs[at - 1]
      const torn = above && !above.cells && above.text.length <= 40 && !/[。；：，）]$/.test(above.text)
      const signature = above && dayOfLine(above.text) !== null
      cuts.push({
        at: torn && !signature && /^(?:工作|实施|专项|行动)*(?:方案|计划|意见)/.test(text) ? at - 1 : at,
        annex: false,
      })
      signed = false
    }
  }
  return cuts
}

/** Tells letter, plan and annexes apart. The plan is the part with the most numbered paragraphs. */
export function documentParts(paragraphs: readonly Paragraph[]): DocumentParts {
  const cuts = cutsOf(paragraphs)
  const starts = [0, ...cuts.map(({ at }) => at)]
  const parts = starts.map((start, index) => paragraphs.slice(start, starts[index + 1] ?? paragraphs.length))
  const sizes = parts.map((part) => part.filter(numbered).length)
  const plan = sizes.indexOf(sizes.reduce((most, size) => Math.max(most, size), 0))
  return {
    letter: parts.slice(0, plan).flat(),
    plan: parts[plan] ?? [],
    annexes: parts.slice(plan + 1).filter((part) => part.length > 0),
  }
}
