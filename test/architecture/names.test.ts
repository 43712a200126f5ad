import { describe, expect, it } from 'vitest'
import { readSources } from './source.ts'

/** Names that say nothing of what is inside, or that promise a second way beside the first. */
const forbidden = /^(utils?|helpers?|common|misc|shared|v\d+|new|old|legacy|temp|tmp)$/i

/** Folders and files, and the parts of their names, that are called so. */
function badNames(paths: readonly string[]): string[] {
  return paths.filter((path) =>
    path.split('/').some((step) => {
      const stem = step.replace(/\..*$/, '')
      return [stem, ...stem.split(/[-_]/)].some((word) => forbidden.test(word))
    }),
  )
}

const paths = readSources(['src', 'test', 'e2e', 'scripts', 'db', 'packs'], /./).map(({ path }) => path)

describe('names', () => {
  it('say what is inside', () => expect(badNames(paths)).toEqual([]))

  it.each([
    'src/kernel/utils.ts',
    'src/shell/common/a.ts',
    'src/kernel/date-helpers.ts',
    'src/legacy/a.ts',
    'src/kernel/v2.ts',
  ])('would be found to say nothing: %s', (path) => expect(badNames([path])).toEqual([path]))

  it('of migrations tell their order and what they do', () => {
    const migrations = paths.filter((path) => path.startsWith('db/migrations/'))
    expect(migrations.length).toBeGreaterThan(0)
    expect(migrations.filter((path) => !/^db\/migrations\/\d{14}-[a-z]+(-[a-z0-9]+)+\.sql$/.test(path))).toEqual([])
  })
})
