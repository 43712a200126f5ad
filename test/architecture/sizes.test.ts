import { describe, expect, it } from 'vitest'
import { fullFolders, grownParts, limits, longFiles, longFunctions } from './sizes.ts'
import { readSources } from './source.ts'

const sources = readSources(['src', 'test', 'e2e', 'scripts'])
const lines = (count: number) => 'const a = 1\n'.repeat(count)
const named = (body: number) => `function long() {\n${'  f()\n'.repeat(body)}}\n`

/**
 * Functions over the limit that stand until their file is next taken in hand. An entry that is no longer true fails the
 * test, so this list can only shrink.
 */
const toBeSplit: readonly string[] = [
  'src/apps/demo/cast.ts: castOf',
  'src/capabilities/directory/web/UnitImportPage.tsx: Run',
  'src/capabilities/hazard/server/queries/detail.ts: view',
  'src/platform/excel/reader.ts: readRows',
]

describe('sizes', () => {
  it('keep files short', () => expect(longFiles(sources)).toEqual([]))
  it('keep functions short', () => expect(longFunctions(sources).sort()).toEqual([...toBeSplit].sort()))
  it('keep folders small', () => expect(fullFolders(sources)).toEqual([]))
  it('keep capabilities and the core small', () => expect(grownParts(sources)).toEqual([]))
})

describe('a breach of the sizes is found', () => {
  it('in a file', () => {
    const source = { path: 'src/kernel/a.ts', text: lines(limits.source + 1) }
    const test = { path: 'src/kernel/a.test.ts', text: lines(limits.test + 1) }
    expect(longFiles([source, test])).toEqual(['src/kernel/a.ts has 401 lines', 'src/kernel/a.test.ts has 501 lines'])
    expect(
      longFiles([
        { ...source, text: lines(limits.source) },
        { ...test, text: lines(limits.test) },
      ]),
    ).toEqual([])
  })

  it('in functions of every form', () => {
    const path = 'src/kernel/a.ts'
    const body = '  f()\n'.repeat(limits.function)
    const found = (text: string) => longFunctions([{ path, text }])
    expect(found(named(limits.function))).toEqual([`${path}: long`])
    expect(found(named(limits.function - 2))).toEqual([])
    expect(found(`const arrow = () => {\n${body}}`)).toEqual([`${path}: arrow`])
    expect(found(`class A {\n method() {\n${body}}\n}`)).toEqual([`${path}: method`])
    expect(found(`f(() => {\n${body}})`)).toEqual([`${path}: a function`])
  })

  it('in a folder', () => {
    const files = Array.from({ length: limits.folder + 1 }, (_, at) => ({ path: `src/kernel/a${at}.ts`, text: '' }))
    expect(fullFolders(files)).toEqual(['src/kernel has 21 files'])
    expect(fullFolders(files.slice(1))).toEqual([])
  })

  it('in a capability and in the core', () => {
    const server = { path: 'src/capabilities/hazard/server/a.ts', text: lines(limits.server + 1) }
    const core = { path: 'src/kernel/a.ts', text: lines(limits.core + 1) }
    const tests = { path: 'src/kernel/a.test.ts', text: lines(9000) }
    expect(grownParts([server, core, tests])).toEqual([
      'hazard/server has 3001 lines, 3000 are allowed',
      'kernel and action runner has 4001 lines, 4000 are allowed',
    ])
    expect(grownParts([tests])).toEqual([])
  })
})
