import fc from 'fast-check'
import { z } from 'zod'
import { hostileTexts, longTexts } from './values.ts'

/** Real codes and ids of the product under test, so that a request comes past the form and into the effect. */
export interface Pool {
  /** By a word the field's name ends with, in lower case; '' for ids of any other field. */
  readonly ids: Readonly<Record<string, readonly string[]>>
}

/** Right values for the text of one field or another: codes of the county, days, names, numbers with check digits. */
const words: readonly string[] = [
  '341723',
  '341723101',
  '341723101001',
  '341723102',
  'civilExplosives',
  'industryTrade',
  'fire',
  'emergency-management',
  'town-muzhen',
  'public-security',
  '2026-06-01',
  '2026-05-20',
  '2026-07-15',
  '2026-06',
  '2026-06-01T08:00:00.000Z',
  '13800000000',
  '0566-5021234',
  '91341723MA20000065',
  '11010519491231002X',
  '青阳县红星机械厂',
  '王建国',
  '整改已经全部完成，请求验收',
  '池安〔2026〕1号',
  'hazard.list',
  'hazards',
  'units',
  'number',
  '-foundOn',
  '隐患',
  'a',
]

type AnySchema = z.ZodType

const anything: fc.Arbitrary<unknown> = fc.jsonValue({ maxDepth: 2 })
const anyKey = fc.string({ maxLength: 10 })

const defOf = (schema: AnySchema) => (schema as unknown as { _zod: { def: Record<string, unknown> } })._zod.def

/** How long the text of a field may be; a guess where the field does not say. */
function longestOf(schema: AnySchema): number {
  const found = schema as unknown as { maxLength?: number | null }
  return Math.min(found.maxLength ?? 200, 5_000)
}

const idsFor = (pool: Pool, name: string): readonly string[] => {
  const key = Object.keys(pool.ids).find((end) => end !== '' && name.toLowerCase().endsWith(end)) ?? ''
  return pool.ids[key] ?? []
}

const kinds = new WeakMap<AnySchema, readonly fc.WeightedArbitrary<string>[]>()

/** Right, sly and long text that the schema takes; found once, since trying takes longer than sending. */
function textsOf(schema: AnySchema): readonly fc.WeightedArbitrary<string>[] {
  const known = kinds.get(schema)
  if (known) return known
  const right = (candidates: readonly string[]) => candidates.filter((value) => schema.safeParse(value).success)
  const arms = [
    { weight: 4, values: right(words) },
    { weight: 3, values: right(hostileTexts) },
    { weight: 1, values: right(longTexts(longestOf(schema))) },
  ].flatMap(({ weight, values }) => (values.length > 0 ? [{ weight, arbitrary: fc.constantFrom(...values) }] : []))
  kinds.set(schema, arms)
  return arms
}

function text(schema: AnySchema, name: string, pool: Pool): fc.Arbitrary<unknown> {
  const ids = idsFor(pool, name).filter((value) => schema.safeParse(value).success)
  if (ids.length > 0) return fc.constantFrom(...ids)
  const arms = textsOf(schema)
  return arms.length > 0 ? fc.oneof(...arms) : fc.constantFrom(...words)
}

function number(schema: AnySchema): fc.Arbitrary<unknown> {
  const near = [0, 1, 2, 5, 10, 20, 50, 100, 2025, 2026, 2027, 0.1, 0.5, 117.85, 30.63, 1000, 20_000, 100_000]
  const { minValue, maxValue } = schema as unknown as { minValue: number | null; maxValue: number | null }
  const edges = [minValue, maxValue].filter((edge): edge is number => edge !== null && Number.isFinite(edge))
  const right = [...near, ...edges].filter((value) => schema.safeParse(value).success)
  return right.length > 0 ? fc.constantFrom(...right) : fc.constant(1)
}

function object(schema: z.ZodObject, pool: Pool): fc.Arbitrary<unknown> {
  const entries = Object.entries(schema.shape) as [string, AnySchema][]
  const model = Object.fromEntries(entries.map(([key, field]) => [key, sensible(field, pool, key)]))
  const requiredKeys = entries.filter(([, field]) => !field.safeParse(undefined).success).map(([key]) => key)
  return fc.record(model, { requiredKeys })
}

/**
 * Values a schema mostly accepts, of edges and of sly but lawful text. Rules that span several fields may still refuse
 * one; that is found out by whoever sends it.
 */
export function sensible(schema: AnySchema, pool: Pool, name = ''): fc.Arbitrary<unknown> {
  const def = defOf(schema)
  const inner = (key: string) => sensible(def[key] as AnySchema, pool, name)
  if (schema instanceof z.ZodString) return text(schema, name, pool)
  if (schema instanceof z.ZodNumber) return number(schema)
  if (schema instanceof z.ZodBoolean) return fc.boolean()
  if (schema instanceof z.ZodEnum) return fc.constantFrom<unknown>(...schema.options)
  if (schema instanceof z.ZodObject) return object(schema, pool)
  if (schema instanceof z.ZodArray) return fc.array(inner('element'), { minLength: 0, maxLength: 3 })
  if (schema instanceof z.ZodNullable) return fc.option(inner('innerType'), { nil: null })
  if (schema instanceof z.ZodUnion) {
    return fc.oneof(...(def.options as AnySchema[]).map((option) => sensible(option, pool, name)))
  }
  if (schema instanceof z.ZodRecord) {
    const value = sensible(def.valueType as AnySchema, pool, name)
    return fc.dictionary(fc.oneof(inner('keyType').map(String), anyKey), value, { maxKeys: 3 })
  }
  // Text that is put in order first: whitespace cut, half-width made, codes looked up.
  if (schema instanceof z.ZodPipe) {
    return def.in instanceof z.ZodTransform ? sensible(def.out as AnySchema, pool, name) : pipe(schema, pool, name)
  }
  if (def.innerType instanceof z.ZodType) return inner('innerType')
  return anything
}

/** The candidates are tried on the whole pipe: what comes out behind has rules of its own. */
function pipe(schema: z.ZodPipe, pool: Pool, name: string): fc.Arbitrary<unknown> {
  const from = defOf(schema).in as AnySchema
  return from instanceof z.ZodString ? text(schema, name, pool) : sensible(from, pool, name)
}
