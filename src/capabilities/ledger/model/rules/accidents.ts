import { z } from 'zod'
import { FieldId } from '../fields/index.ts'
import { type Found, numberIn, type RuleAsked } from './rule.ts'

/** 生产安全事故报告和调查处理条例 (国务院令第493号) art.3: 以上 includes the number itself. The worst comes first. */
const grades = [
  { words: '特别重大事故', deaths: 30, injuries: 100, loss: 100_000_000 },
  { words: '重大事故', deaths: 10, injuries: 50, loss: 50_000_000 },
  { words: '较大事故', deaths: 3, injuries: 10, loss: 10_000_000 },
] as const

/** The grade of an accident by its dead, its badly hurt and its direct loss in 元: the highest of the three. */
export function gradeOf(deaths: number, injuries: number, loss: number): string {
  const grade = grades.find((one) => deaths >= one.deaths || injuries >= one.injuries || loss >= one.loss)
  return grade?.words ?? '一般事故'
}

export const accidentGrade = {
  args: z.strictObject({ deaths: FieldId, injuries: FieldId, loss: FieldId }),
  find(
    { deaths, injuries, loss }: { deaths: string; injuries: string; loss: string },
    asked: RuleAsked,
  ): Found | undefined {
    const numbers = [deaths, injuries, loss].map((field) => numberIn(asked, field))
    if (numbers.every((number) => number === undefined)) return undefined
    const [dead = 0, hurt = 0, lost = 0] = numbers
    const words = gradeOf(dead, hurt, lost)
    return { words, warns: words !== '一般事故' }
  },
}
