import type { Day } from '#kernel/time.ts'

/** What a named rule may look at: the item's values by field, and today. */
export interface RuleAsked {
  value(field: string): unknown
  readonly today: Day
}

/** What a rule found. `warns` marks what somebody should look at: expired, over age. `due` is the day it falls due. */
export interface Found {
  readonly words: string
  readonly number?: number
  readonly warns?: boolean
  readonly due?: Day
}

export const numberIn = (asked: RuleAsked, field: string | undefined): number | undefined => {
  const value = field === undefined ? undefined : asked.value(field)
  return typeof value === 'number' ? value : undefined
}
export const textIn = (asked: RuleAsked, field: string | undefined): string | undefined => {
  const value = field === undefined ? undefined : asked.value(field)
  return typeof value === 'string' && value !== '' ? value : undefined
}
