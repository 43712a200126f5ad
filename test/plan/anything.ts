import fc from 'fast-check'
import { expect } from 'vitest'
import { readPlan } from '#capabilities/planreading/model/index.ts'
import { cleanLine } from '#kernel/document/characters.ts'
import { paragraphsOf } from '#kernel/document/lines.ts'

/** Text that looks like a plan in pieces, in any order: where a reader goes wrong. */
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'一、|（一）|1.|第三条|每季度|每年|2024年|6月|底前|至|（|）|《|》|牵头|负责|配合|县应急局|、|，|。|；|\n|\n\n|\f|\t|| 1 |责任单位：|附件|不少于2次|一是|二是|12|3|次年|2025.6.30|　　|    '.split(
          '|',
        ),
      ),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''))

/** What holds for any text at all; tried that many times each. */
export const properties: Readonly<Record<string, (numRuns: number) => void>> = {
  'is total: any text is read, and every find stands where it says': (numRuns) =>
    fc.assert(
      fc.property(pieces, (text) => {
        const reading = readPlan(text)
        for (const { clause, dates: found, quotas, subjects } of reading.finds) {
          for (const { at, words } of [...found, ...quotas, ...subjects])
            expect(clause.text.slice(at, at + words.length)).toBe(words)
          for (const { from, to } of found) if (from && to) expect(from <= to).toBe(true)
        }
        expect(reading.counts.measures).toBe(reading.structure.measures.length)
      }),
      { numRuns },
    ),
  'cleans a line once for all': (numRuns) =>
    fc.assert(
      fc.property(pieces, (text) => {
        const once = cleanLine(text)
        expect(cleanLine(once)).toBe(once)
      }),
      { numRuns },
    ),
  'puts paragraphs together that are whole already without changing them': (numRuns) =>
    fc.assert(
      fc.property(pieces, (text) => {
        const once = paragraphsOf(text).filter(({ cells }) => !cells)
        expect(once.every(({ text: whole }) => whole !== '' && !whole.includes('\n'))).toBe(true)
      }),
      { numRuns },
    ),
}

const hostile =
  '（|(局|-| |　|2024|2024年、|每季度|每年6月、|至少|牵头|由县局|会同|责任单位：|县应急局、|一、\n|1.|\\|a|a\tb\n|《|一是二是|，|\n|\f|某县方案\n1\n|（县局牵头|（牵头）|安全生产委员会|每季度末月|一月一|附件\n|方案\n2024年3月1日\n|\ud800|——部署\n|1.1部署\n|班组日排查、|每年完成5公里、|行动一：\n|每月1日、15日、|2024年4月为部署期；'

/** Pieces that lead a reader astray when they come again and again. */
export const hostilePieces = hostile.split(/(?<!\\)\|/).map((piece) => piece.replace('\\|', '|'))

/** Reads a text of that length made of one piece, which must not take longer than that; quadratic work would. */
export function readsInTime(piece: string, length: number, milliseconds: number): void {
  const text = piece.repeat(Math.ceil(length / piece.length))
  const started = performance.now()
  readPlan(text)
  expect(performance.now() - started).toBeLessThan(milliseconds)
}
