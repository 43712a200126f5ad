import { describe, expect, it } from 'vitest'
import { Condition, fieldsOf, holds } from './condition.ts'

const values: Readonly<Record<string, unknown>> = {
  kind: 'mine',
  n: 5,
  day: '2026-05-01',
  marks: ['a', 'b'],
  yes: true,
  empty: '',
}
const asked = { today: '2026-06-01', value: (field: string) => values[field] }
const says = (condition: unknown) => holds(Condition.parse(condition), asked)

describe('one operator about one field', () => {
  it.each([
    [{ field: 'kind', is: 'mine' }, true],
    [{ field: 'kind', is: 'gas' }, false],
    [{ field: 'gone', is: 'gas' }, false],
    [{ field: 'gone', isNot: 'gas' }, true],
    [{ field: 'yes', is: true }, true],
    [{ field: 'kind', in: ['gas', 'mine'] }, true],
    [{ field: 'gone', in: ['gas'] }, false],
    [{ field: 'marks', has: 'b' }, true],
    [{ field: 'kind', has: 'mine' }, false],
    [{ field: 'n', atLeast: 5 }, true],
    [{ field: 'n', atMost: 4 }, false],
    [{ field: 'kind', atLeast: 1 }, false],
    [{ field: 'day', before: 'today' }, true],
    [{ field: 'day', after: '2026-05-01' }, false],
    [{ field: 'gone', before: 'today' }, false],
    [{ field: 'empty', filled: false }, true],
    [{ field: 'n', filled: true }, true],
  ])('%j is %s', (condition, expected) => expect(says(condition)).toBe(expected))
})

describe('groups', () => {
  const [yes, no] = [
    { field: 'yes', is: true },
    { field: 'yes', is: false },
  ]
  it.each([
    [{ all: [yes, yes] }, true],
    [{ all: [yes, no] }, false],
    [{ any: [no, yes] }, true],
    [{ any: [no, no] }, false],
    [{ not: no }, true],
    [{ all: [yes, { any: [no, { field: 'n', atLeast: 3 }] }] }, true],
    [{ not: { all: [yes, yes] } }, false],
  ])('%j is %s', (condition, expected) => expect(says(condition)).toBe(expected))

  it('tell the fields they ask about', () => {
    expect(fieldsOf(Condition.parse({ all: [yes, { not: { field: 'n', filled: true } }] }))).toEqual(['yes', 'n'])
  })
})

it.each([
  [{}],
  [{ field: 'n' }],
  [{ is: 3 }],
  [{ field: 'n', is: 3, isNot: 4 }],
  [{ field: 'n', is: 3, all: [{ field: 'n', is: 3 }] }],
  [{ all: [] }],
  [{ field: 'n', over: 3 }],
])('%j is no condition', (condition) => expect(Condition.safeParse(condition).success).toBe(false))
