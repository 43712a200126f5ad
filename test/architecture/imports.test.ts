import { describe, expect, it } from 'vitest'
import { capabilityCycles, fileCycles, forbiddenImports } from './imports.ts'
import { importsOf, isCode, isTest, readSources, resolveImport } from './source.ts'

const sources = readSources(['src']).filter((source) => isCode(source) && !isTest(source))
const file = (path: string, ...imports: string[]) => ({
  path,
  text: imports.map((name) => `import type { X } from '${name}'\n`).join(''),
})

describe('the import table', () => {
  it('holds for every file', () => {
    expect(sources.length).toBeGreaterThan(200)
    expect(forbiddenImports(sources)).toEqual([])
  })

  it.each([
    ['src/kernel/a.ts', '#platform/db/pool.ts'],
    ['src/kernel/a.ts', 'node:fs'],
    ['src/kernel/a.ts', 'react'],
    ['src/platform/db/a.ts', '#capabilities/hazard/model/index.ts'],
    ['src/platform/db/a.ts', '#shell/text/format.ts'],
    ['src/shell/a.ts', '#capabilities/hazard/model/index.ts'],
    ['src/shell/a.ts', '#platform/db/pool.ts'],
    ['src/shell/a.ts', 'node:fs'],
    ['src/capabilities/hazard/model/a.ts', '../server/store.ts'],
    ['src/capabilities/hazard/model/a.ts', '#platform/db/pool.ts'],
    ['src/capabilities/hazard/model/a.ts', 'kysely'],
    ['src/capabilities/hazard/model/a.ts', '#capabilities/directory/model/record.ts'],
    ['src/capabilities/hazard/server/a.ts', '#capabilities/directory/server/store.ts'],
    ['src/capabilities/hazard/server/a.ts', '../web/words.tsx'],
    ['src/capabilities/hazard/server/a.ts', '#shell/text/format.ts'],
    ['src/capabilities/hazard/web/a.tsx', '../server/store.ts'],
    ['src/capabilities/hazard/web/a.tsx', '#capabilities/listing/web/words.tsx'],
    ['src/capabilities/hazard/web/a.tsx', '#platform/db/pool.ts'],
    ['src/capabilities/hazard/web/a.tsx', '#apps/web/modules.ts'],
    ['src/apps/server/a.ts', '#test/kit/product.ts'],
  ])('refuses %s importing %s', (path, name) => {
    expect(forbiddenImports([file(path, name)])).toEqual([`${path} imports ${name}`])
  })

  it('lets web ask another capability through its index, and sees every way of importing', () => {
    expect(
      forbiddenImports([file('src/capabilities/hazard/web/a.tsx', '#capabilities/listing/model/index.ts')]),
    ).toEqual([])
    const text = `export * from './a.ts'\nexport { b } from './b.ts'\nconst c = await import('./c.ts')\ntype D = import('./d.ts').D\n`
    expect(importsOf({ path: 'x.ts', text }).sort()).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts'])
  })

  it('names only files that exist', () => {
    const known = new Set(readSources(['src']).map(({ path }) => path))
    const missing = sources.flatMap((source) =>
      importsOf(source).flatMap((name) => {
        const path = resolveImport(source.path, name)
        return path?.startsWith('src/') && !known.has(path) ? [`${source.path} imports ${name}`] : []
      }),
    )
    expect(missing).toEqual([])
  })
})

describe('import cycles', () => {
  it('are nowhere between files', () => expect(fileCycles(sources)).toEqual([]))
  it('are nowhere between capabilities', () => expect(capabilityCycles(sources)).toEqual([]))

  it('would be found', () => {
    const circle = [
      file('src/kernel/a.ts', './b.ts'),
      file('src/kernel/b.ts', '#kernel/c.ts'),
      file('src/kernel/c.ts', './a.ts'),
    ]
    expect(fileCycles(circle)).toEqual([['src/kernel/a.ts', 'src/kernel/b.ts', 'src/kernel/c.ts']])
    expect(fileCycles([file('src/kernel/a.ts', './a.ts')])).toEqual([['src/kernel/a.ts']])
    const two = [
      file('src/capabilities/hazard/web/a.tsx', '#capabilities/listing/model/index.ts'),
      file('src/capabilities/listing/server/b.ts', '#capabilities/hazard/model/index.ts'),
    ]
    expect(fileCycles(two)).toEqual([])
    expect(capabilityCycles(two)).toEqual([['hazard', 'listing']])
  })
})
