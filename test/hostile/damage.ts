import fc from 'fast-check'
import { hostileTexts, hostileValue } from './values.ts'

type Path = readonly (string | number)[]

/** Every place in a value, the whole included. */
function* places(value: unknown, at: Path = []): Generator<Path> {
  yield at
  if (typeof value !== 'object' || value === null || at.length > 6) return
  for (const key of Object.keys(value)) yield* places((value as Record<string, unknown>)[key], [...at, key])
}

function replaced(value: unknown, [first, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (first === undefined) return change(value)
  if (Array.isArray(value)) {
    const next = replaced(value[Number(first)], rest, change)
    return next === gone ? value.toSpliced(Number(first), 1) : value.with(Number(first), next)
  }
  const entries = Object.entries(value as object)
  return Object.fromEntries(
    entries.flatMap(([key, item]) => {
      if (key !== String(first)) return [[key, item]]
      const next = replaced(item, rest, change)
      return next === gone ? [] : [[key, next]]
    }),
  )
}

const gone = Symbol('left out')

/** A list of very many; of long items fewer, so that it can still be sent. */
function multiplied(old: unknown): unknown {
  if (!Array.isArray(old)) return old
  const item: unknown = old[0] ?? 'x'
  return Array(Math.ceil(40_000 / (JSON.stringify(item).length + 10))).fill(item)
}

const changes: fc.Arbitrary<(old: unknown) => unknown> = fc.oneof(
  { weight: 5, arbitrary: hostileValue.map((value) => () => value) },
  { weight: 1, arbitrary: fc.constant(() => gone) },
  { weight: 1, arbitrary: fc.constant((old: unknown) => [old]) },
  { weight: 1, arbitrary: fc.constant((old: unknown) => ({ value: old })) },
  { weight: 1, arbitrary: fc.constant((old: unknown) => JSON.stringify(old) ?? 'undefined') },
  { weight: 1, arbitrary: fc.constant((old: unknown) => multiplied(old)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...hostileTexts, '__proto__').map((key) => (old: unknown) => {
      const open = typeof old === 'object' && old !== null && !Array.isArray(old) ? Object.entries(old) : []
      return Object.fromEntries([...open, [key, { system: true }]])
    }),
  },
)

/** A value with one to three places of it made wrong. */
export const damagedValue = (value: unknown): fc.Arbitrary<unknown> =>
  fc.array(fc.tuple(fc.nat(), changes), { minLength: 1, maxLength: 3 }).map((steps) =>
    steps.reduce<unknown>((before, [pick, change]) => {
      const all = [...places(before)].slice(0, 200)
      const after = replaced(before, all[pick % all.length] ?? [], change)
      return after === gone ? undefined : after
    }, value),
  )

/** What becomes of the text of a body on its way. */
export const damagedText = (text: string): fc.Arbitrary<string | Buffer> =>
  fc.oneof(
    fc.nat(Math.max(0, text.length - 1)).map((end) => text.slice(0, end)),
    fc.constantFrom(',', '}', ']', '\u0000', '//x', text, '\n\n[]').map((tail) => text + tail),
    fc.constantFrom('\ufeff', ")]}',\n", '/**/', '\u00a0', '[').map((head) => head + text),
    fc.constantFrom(
      // The last of two keys of one name counts; both are looked at by nobody else.
      text.replace('{', '{"actionId":"x","input":null,'),
      text.replace('{', '{"__proto__":{"system":true},'),
      text.replace(/}$/, ',"recordId":"00000000-0000-0000-0000-000000000000"}'),
      text.replace(/}$/, ',"version":1e999}'),
      text.replace(/}$/, ',}'),
      text.replaceAll('"', "'"),
      text.replaceAll(':', '='),
      text.replace(/\d+/, '0x10'),
      text.replace(/\d+/, '1e999'),
      text.replace(/\d+/, 'NaN'),
      text.replace(/"[^"]*"$/, '"\\ud800"'),
      `${'['.repeat(20_000)}${text}${']'.repeat(20_000)}`,
      `${'['.repeat(20_000)}"\\ud800"${']'.repeat(20_000)}`,
      `${'{"a":'.repeat(20_000)}"\\udfff"${'}'.repeat(20_000)}`,
      '',
      'null',
      '"text"',
      '7',
      '[]',
      '{}',
    ),
    fc.nat(Math.max(0, text.length - 1)).map((at) => {
      const bytes = Buffer.from(text)
      bytes[Math.min(at, bytes.length - 1)] = 0xff
      return bytes
    }),
    fc.constantFrom<BufferEncoding>('utf16le', 'base64').map((encoding) => Buffer.from(text, encoding)),
  )
