import { mostUploadBytes } from '#kernel/attachment.ts'
import { addDays, Day, isDay } from '#kernel/time.ts'

/**
 * What a parameter may be. The limits are those within which the code that reads it makes sense, wider than what any
 * county should choose; a value beyond them is a slip of the keyboard.
 */
export type ParameterRule =
  | { readonly kind: 'count'; readonly min: number; readonly max: number }
  | { readonly kind: 'share'; readonly min: number; readonly max: number }
  /** Several different whole numbers, `most` at the most. */
  | { readonly kind: 'counts'; readonly min: number; readonly max: number; readonly most: number }
  | { readonly kind: 'monthEnd' }
  /** A day that every year has, as 12-31. */
  | { readonly kind: 'monthDay' }
  /** How often something recurs. */
  | { readonly kind: 'rhythm' }
  /** West, south, east and north, in degrees; in another order they would refuse every position of the county. */
  | { readonly kind: 'bounds' }
  /** One of these words, each with what it means. */
  | { readonly kind: 'choice'; readonly words: Readonly<Record<string, string>> }

const count = (min: number, max: number): ParameterRule => ({ kind: 'count', min, max })
const share = (min: number, max: number): ParameterRule => ({ kind: 'share', min, max })

/** Every parameter there is: what the packs declare, this table and what the code reads are the same set (a test). */
export const parameterRules: Readonly<Record<string, ParameterRule>> = {
  'hazard.reminder.workingDaysBefore': { kind: 'counts', min: 1, max: 60, most: 6 },
  'hazard.progress.staleDays': count(1, 365),
  'hazard.review.workingDays': count(1, 90),
  'hazard.extension.maxCount': count(0, 10),
  'hazard.closure.reinspectionShare': share(0, 1),
  'hazard.duplicate.similarity': share(0.1, 1),
  // Statistics count the stock by the month found; a day within a month would count differently from the list behind it.
  'hazard.stock.until': { kind: 'monthEnd' },
  'hazard.dueDays.major': count(1, 1095),
  'hazard.dueDays.general': count(1, 365),
  'ledgerimport.merge.similarity': share(0.5, 1),
  'ledgerimport.merge.days': count(0, 365),
  'directory.position.bounds': { kind: 'bounds' },
  'listing.publicise.workingDays': count(1, 60),
  'listing.delistReview.workingDays': count(1, 60),
  'listing.batch.targetDay': { kind: 'monthDay' },
  'listing.reminder.workingDaysBefore': { kind: 'counts', min: 1, max: 60, most: 6 },
  'plan.soonDays': count(1, 180),
  'duty.reminder.workingDaysBefore': { kind: 'counts', min: 1, max: 60, most: 6 },
  'ledger.reminder.daysBefore': { kind: 'counts', min: 1, max: 365, most: 6 },
  'task.reminder.workingDaysBefore': { kind: 'counts', min: 1, max: 60, most: 6 },
  'progress.period': { kind: 'choice', words: { month: '每月', quarter: '每季度', halfYear: '每半年' } },
  'progress.opens.daysBefore': count(0, 31),
  'progress.due.workingDays': count(1, 30),
  'progress.reminder.workingDaysBefore': { kind: 'counts', min: 1, max: 30, most: 6 },
  'signIn.maxAttempts': count(3, 20),
  'signIn.lockMinutes': count(1, 1440),
  'signIn.maxLockMinutes': count(1, 10_080),
  'password.minLength': count(8, 32),
  'password.minClasses': count(1, 4),
  // 0: passwords do not run out.
  'password.maxAgeDays': count(0, 730),
  'password.history': count(1, 24),
  'session.idleMinutes': count(5, 720),
  'session.absoluteHours': count(1, 24),
  'import.maxRows': count(10, 200_000),
  'upload.maxBytes': count(1_048_576, mostUploadBytes),
  'audit.seal.seconds': count(10, 1800),
  'audit.seal.blockRows': count(100, 50_000),
}

/** How often something recurs, as parameters say it. */
export const rhythmWords = { month: '每月', quarter: '每季度', halfYear: '每半年', year: '每年' } as const

/**
 * The rule of a parameter. Duties of a pack ask for parameters of their own by names that no code knows: what ends in
 * `period` says how often, the others how many.
 */
export function parameterRule(id: string): ParameterRule | undefined {
  if (Object.hasOwn(parameterRules, id)) return parameterRules[id]
  if (!/^duty\.[A-Za-z]+\.[A-Za-z]+$/.test(id)) return undefined
  return id.endsWith('.period') ? { kind: 'rhythm' } : count(0, 10_000)
}

/** Why a value does not fit its parameter, in words for the field; undefined when it may be used. */
export function parameterMisfit(id: string, value: unknown): string | undefined {
  const rule = parameterRule(id)
  if (!rule) return '系统不认识这个参数，没有地方会用到它'
  switch (rule.kind) {
    case 'count':
      return isWithin(value, rule) && Number.isInteger(value) ? undefined : `须是${rule.min}至${rule.max}之间的整数`
    case 'share':
      return isWithin(value, rule) ? undefined : `须是${rule.min}至${rule.max}之间的数`
    case 'counts':
      return countsMisfit(value, rule)
    case 'monthEnd':
      return typeof value === 'string' && Day.safeParse(value).success && addDays(value, 1).endsWith('-01')
        ? undefined
        : '须是某个月的最后一天，如 2023-12-31：统计按发现月份计算存量'
    case 'monthDay':
      return typeof value === 'string' && isDay(`2023-${value}`) ? undefined : '须是每年都有的月和日，如 06-30、12-31'
    case 'rhythm':
      return typeof value === 'string' && Object.hasOwn(rhythmWords, value)
        ? undefined
        : `须是 ${Object.keys(rhythmWords).join('、')} 之一，依次为${Object.values(rhythmWords).join('、')}`
    case 'bounds':
      return isBounds(value) ? undefined : '须依次填写西、南、东、北四个数，如 117.6、30.2、118.2、30.9'
    case 'choice':
      return typeof value === 'string' && Object.hasOwn(rule.words, value) ? undefined : choiceWords(rule.words)
  }
}

const choiceWords = (words: Readonly<Record<string, string>>): string =>
  `须填写下列之一：${Object.entries(words)
    .map(([value, meaning]) => `${value}（${meaning}）`)
    .join('、')}`

function isBounds(value: unknown): boolean {
  const [west, south, east, north, ...more] = Array.isArray(value) ? value.map(Number) : []
  const sound = west !== undefined && south !== undefined && east !== undefined && north !== undefined
  return sound && more.length === 0 && west < east && south < north && north <= 90
}

const isWithin = (value: unknown, { min, max }: { min: number; max: number }): value is number =>
  typeof value === 'number' && value >= min && value <= max

function countsMisfit(value: unknown, rule: Extract<ParameterRule, { kind: 'counts' }>): string | undefined {
  const words = `须是1至${rule.most}个互不相同的整数，每个在${rule.min}至${rule.max}之间`
  if (!Array.isArray(value) || value.length === 0 || value.length > rule.most) return words
  if (new Set(value).size !== value.length) return words
  return value.every((one) => Number.isInteger(one) && isWithin(one, rule)) ? undefined : words
}
