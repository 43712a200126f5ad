import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '#platform/config/config.ts'

interface Item {
  readonly id: string
  readonly state: string
  readonly said: string
}

/** The rows of all tables of a page, head and rule left out. */
function itemsOf(page: string): Item[] {
  return page
    .split('\n')
    .filter((line) => /^\| (?!item|---)/.test(line))
    .map((line) => {
      const [, id = '', , state = '', said = ''] = line.split('|').map((cell) => cell.trim())
      return { id, state, said }
    })
}

const isTest = (path: string) => /\.(test|e2e)\.ts$/.test(path)
const namedTests = (said: string) => [...said.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path).filter(isTest)

/** What is wrong with a row: no state, no proof, a proof that is not there, or no word why there is none. */
function faultOf({ state, said }: Item, exists: (path: string) => boolean): string | undefined {
  const tests = namedTests(said)
  const missing = tests.find((path) => !exists(path))
  if (missing) return `${missing} is not there`
  if (state === 'met') return tests.length > 0 ? undefined : 'names no test'
  if (state !== 'n/a' && state !== 'open') return `has the state “${state}”`
  return said.length >= 8 ? undefined : 'does not say why'
}

/** How many items of level 2 each section of ASVS 4.0.3 has; the deleted ones not counted. */
const asvs: Readonly<Record<string, number>> = {
  'V1.1': 7,
  'V1.2': 4,
  'V1.4': 3,
  'V1.5': 4,
  'V1.6': 4,
  'V1.7': 2,
  'V1.8': 2,
  'V1.9': 2,
  'V1.10': 1,
  'V1.11': 2,
  'V1.12': 1,
  'V1.14': 6,
  'V2.1': 12,
  'V2.2': 3,
  'V2.3': 3,
  'V2.4': 6,
  'V2.5': 7,
  'V2.6': 3,
  'V2.7': 6,
  'V2.8': 7,
  'V2.9': 3,
  'V2.10': 4,
  'V3.1': 1,
  'V3.2': 4,
  'V3.3': 4,
  'V3.4': 5,
  'V3.5': 3,
  'V3.7': 1,
  'V4.1': 4,
  'V4.2': 2,
  'V4.3': 3,
  'V5.1': 5,
  'V5.2': 8,
  'V5.3': 10,
  'V5.4': 3,
  'V5.5': 4,
  'V6.1': 3,
  'V6.2': 6,
  'V6.3': 2,
  'V6.4': 2,
  'V7.1': 4,
  'V7.2': 2,
  'V7.3': 3,
  'V7.4': 3,
  'V8.1': 4,
  'V8.2': 3,
  'V8.3': 8,
  'V9.1': 3,
  'V9.2': 4,
  'V10.2': 2,
  'V10.3': 3,
  'V11.1': 8,
  'V12.1': 3,
  'V12.2': 1,
  'V12.3': 6,
  'V12.4': 2,
  'V12.5': 2,
  'V12.6': 1,
  'V13.1': 4,
  'V13.2': 5,
  'V13.3': 2,
  'V13.4': 2,
  'V14.1': 4,
  'V14.2': 6,
  'V14.3': 2,
  'V14.4': 7,
  'V14.5': 4,
}

/** The clauses of GB/T 22239-2019 8.1 about applications and data, and those beside them that people ask about. */
const clauses: Readonly<Record<string, string>> = {
  '8.1.2.2': 'ab',
  '8.1.3.2': '',
  '8.1.3.3': '',
  '8.1.3.4': '',
  '8.1.4.1': 'abcd',
  '8.1.4.2': 'abcdefg',
  '8.1.4.3': 'abcd',
  '8.1.4.4': 'abcdef',
  '8.1.4.5': '',
  '8.1.4.6': '',
  '8.1.4.7': 'ab',
  '8.1.4.8': 'ab',
  '8.1.4.9': 'abc',
  '8.1.4.10': 'ab',
  '8.1.4.11': 'ab',
  '8.1.5.1': 'ab',
  '8.1.5.2': 'ab',
  '8.1.5.3': '',
  '8.1.5.4': 'd',
  '8.1.9.4': '',
  '8.1.9.6': '',
  '8.1.10.11': '',
}

describe('the page about security', () => {
  const page = readFileSync(join(projectRoot, 'docs/security.md'), 'utf8')
  const items = itemsOf(page)
  const exists = (path: string) => existsSync(join(projectRoot, path))

  it('gives every item one of three states, with the test that proves it or the reason', () => {
    expect(items.map((item) => [item.id, faultOf(item, exists)]).filter(([, fault]) => fault)).toEqual([])
  })

  it('names no test, in its words either, that is not there', () => {
    expect(namedTests(page).filter((path) => !exists(path))).toEqual([])
  })

  it('leaves out no item of either list, and has none twice', () => {
    const ids = items.map(({ id }) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    const sections = Map.groupBy(
      ids.filter((id) => id.startsWith('V')),
      (id) => id.split('.').slice(0, 2).join('.'),
    )
    expect(Object.fromEntries([...sections].map(([section, found]) => [section, found.length]))).toEqual(asvs)
    const wanted = Object.entries(clauses).flatMap(([clause, letters]) =>
      letters === '' ? [clause] : [...letters].map((letter) => `${clause} ${letter}`),
    )
    expect(ids.filter((id) => !id.startsWith('V'))).toEqual(wanted)
  })

  it('is honest about what is open: it says so of some', () => {
    expect(items.filter(({ state }) => state === 'open').length).toBeGreaterThan(0)
  })

  it('would be found to claim what nothing proves', () => {
    const fault = (row: string) => itemsOf(row).map((item) => faultOf(item, (path) => path === 'test/a.test.ts'))
    expect(fault('| V1 | a | met | `test/a.test.ts` |')).toEqual([undefined])
    expect(fault('| V1 | a | met | surely |')).toEqual(['names no test'])
    expect(fault('| V1 | a | met | `test/b.int.test.ts` |')).toEqual(['test/b.int.test.ts is not there'])
    expect(fault('| V1 | a | open | |')).toEqual(['does not say why'])
    expect(fault('| V1 | a | done | `test/a.test.ts` |')).toEqual(['has the state “done”'])
  })
})
