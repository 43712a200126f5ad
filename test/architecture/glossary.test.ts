import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '#platform/config/config.ts'
import { isCode, isTest, readSources } from './source.ts'

interface Entry {
  readonly term: string
  readonly identifiers: readonly string[]
}

/** The rows of the glossary's tables: a term, and the identifiers in backticks of the second column. */
function entriesOf(glossary: string): Entry[] {
  return glossary
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, term, identifiers]) => term !== '中文' && !/^-+$/.test(term ?? '') && identifiers !== undefined)
    .map(([, term = '', cell = '']) => ({
      term,
      identifiers: [...cell.matchAll(/`([^`]+)`/g)].map((found) => found[1] ?? ''),
    }))
}

/** What the glossary says but the code does not. */
function unknown(entries: readonly Entry[], words: ReadonlySet<string>): string[] {
  return entries.flatMap(({ term, identifiers }) => {
    if (identifiers.length === 0) return [`${term} has no identifier`]
    return identifiers.filter((identifier) => !words.has(identifier)).map((identifier) => `${term}: ${identifier}`)
  })
}

const words = new Set(
  readSources(['src'])
    .filter((source) => isCode(source) && !isTest(source))
    .flatMap(({ text }) => text.match(/[A-Za-z_$][\w$]*/g) ?? []),
)
const entries = entriesOf(readFileSync(join(projectRoot, 'docs/glossary.md'), 'utf8'))

describe('the glossary', () => {
  it('names only identifiers that the code has', () => {
    expect(entries.length).toBeGreaterThan(60)
    expect(unknown(entries, words)).toEqual([])
  })

  it('has one row for a term and one term for an identifier', () => {
    const twice = (list: readonly string[]) => list.filter((item, at) => list.indexOf(item) !== at)
    expect(twice(entries.map(({ term }) => term))).toEqual([])
    expect(twice(entries.flatMap(({ identifiers }) => [...new Set(identifiers)]))).toEqual([])
  })

  it('would be found to name what is not there', () => {
    const made = entriesOf('| 中文 | identifier |\n| --- | --- |\n| 隐患 | `Hazard`, `Hazzard` |\n| 空 | - |\n')
    expect(unknown(made, words)).toEqual(['隐患: Hazzard', '空 has no identifier'])
  })
})
