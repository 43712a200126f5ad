import { z } from 'zod'
import type { Day } from '../time.ts'

const Scalar = z.union([z.string(), z.number(), z.boolean()])

const operators = {
  is: Scalar.optional(),
  isNot: Scalar.optional(),
  in: z.array(Scalar).min(1, '至少写一个值').optional(),
  has: Scalar.optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
  filled: z.boolean().optional(),
}
type Operator = keyof typeof operators
const operatorNames = Object.keys(operators) as Operator[]

/** Exactly one thing is said: one operator about a field, or one group. */
function saysOneThing(value: object, context: z.RefinementCtx): void {
  const said = (names: readonly string[]) =>
    names.filter((name) => (value as Record<string, unknown>)[name] !== undefined)
  const groups = said(['all', 'any', 'not'])
  const tests = said(operatorNames)
  const field = 'field' in value && value.field !== undefined
  const sound = groups.length === 1 ? tests.length === 0 && !field : groups.length === 0 && tests.length === 1 && field
  if (!sound) {
    context.addIssue({
      code: 'custom',
      message: `一个条件只写一件事：field 加 ${operatorNames.join('、')} 中的一个，或 all、any、not 中的一个`,
    })
  }
}

const Test = z.strictObject({ field: z.string(), ...operators }).superRefine(saysOneThing)
const tested = { field: z.string().optional(), ...operators }
const Group = z
  .strictObject({
    ...tested,
    all: z.array(Test).min(1).optional(),
    any: z.array(Test).min(1).optional(),
    not: Test.optional(),
  })
  .superRefine(saysOneThing)

/**
 * A condition of a pack: one operator about one field, or `all`, `any`, `not` of such conditions, two levels deep. It is
 * data and small on purpose: what cannot be said so is a named rule in TypeScript.
 */
export const Condition = z
  .strictObject({
    ...tested,
    all: z.array(Group).min(1).optional(),
    any: z.array(Group).min(1).optional(),
    not: Group.optional(),
  })
  .superRefine(saysOneThing)
export type Condition = z.infer<typeof Condition>

/** What a condition is asked of: the value of a field by its name, and the day `today` stands for. */
export interface Asked {
  value(field: string): unknown
  readonly today: Day
}

const isFilled = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

/** A number or a day is compared as what it is; anything else is neither below nor above. */
const compares = (value: unknown, limit: number | string, holds: (a: number | string, b: number | string) => boolean) =>
  typeof value === typeof limit && (typeof value === 'number' || typeof value === 'string') && holds(value, limit)

const tests: { readonly [K in Operator]: (value: unknown, limit: never, today: Day) => boolean } = {
  is: (value, limit) => value === limit,
  isNot: (value, limit) => value !== limit,
  in: (value, limit: readonly unknown[]) => limit.includes(value),
  has: (value, limit) => Array.isArray(value) && value.includes(limit),
  atLeast: (value, limit: number) => compares(value, limit, (a, b) => a >= b),
  atMost: (value, limit: number) => compares(value, limit, (a, b) => a <= b),
  before: (value, limit: string, today) => compares(value, limit === 'today' ? today : limit, (a, b) => a < b),
  after: (value, limit: string, today) => compares(value, limit === 'today' ? today : limit, (a, b) => a > b),
  filled: (value, limit: boolean) => isFilled(value) === limit,
}

/** The one evaluator, for server and browser. A field without a value fails every test but `isNot` and `filled: false`. */
export function holds(condition: Condition, asked: Asked): boolean {
  const { all, any, not, field = '' } = condition
  if (all) return all.every((inner) => holds(inner, asked))
  if (any) return any.some((inner) => holds(inner, asked))
  if (not) return !holds(not, asked)
  const operator = operatorNames.find((name) => condition[name] !== undefined)
  return operator !== undefined && tests[operator](asked.value(field), condition[operator] as never, asked.today)
}

/** The fields a condition asks about, so that a pack naming one that is not there can be refused. */
export function fieldsOf(condition: Condition): string[] {
  const inner = [...(condition.all ?? []), ...(condition.any ?? []), ...(condition.not ? [condition.not] : [])]
  return [...(condition.field === undefined ? [] : [condition.field]), ...inner.flatMap(fieldsOf)]
}
