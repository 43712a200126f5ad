import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '#platform/config/config.ts'

type Names = Readonly<Record<string, string>>
interface Locked {
  readonly dependencies?: Names
  readonly devDependencies?: Names
  readonly optionalDependencies?: Names
}
type Packages = Readonly<Record<string, Locked>>

/** Where npm would look for a package named by another: beside it, then one level further out each time. */
function isLocked(packages: Packages, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf('node_modules/')).replace(/\/$/, '')) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]) return true
    if (folder === '') return false
  }
}

/**
 * Packages that others name and the lock file does not hold. Each machine installs only the binaries of its own platform,
 * so a lock file written on one machine can lack those of another; `npm ci` then refuses to install anything there.
 */
function missingFromLock(packages: Packages): string[] {
  return Object.entries(packages).flatMap(([path, { dependencies, devDependencies, optionalDependencies }]) => {
    const named = { ...dependencies, ...(path === '' ? devDependencies : {}), ...optionalDependencies }
    return Object.keys(named)
      .filter((name) => !isLocked(packages, path, name))
      .map((name) => `${path || 'package.json'} names ${name}`)
  })
}

const read = (file: string) => JSON.parse(readFileSync(join(projectRoot, file), 'utf8'))

describe('the lock file', () => {
  const { packages } = read('package-lock.json') as { packages: Packages }

  it('holds every package that another names, those of other platforms too', () => {
    expect(Object.keys(packages).length).toBeGreaterThan(200)
    expect(missingFromLock(packages)).toEqual([])
  })

  it('belongs to this package.json, which names exact versions', () => {
    const { dependencies, devDependencies } = read('package.json') as { dependencies: Names; devDependencies: Names }
    expect(packages['']?.dependencies).toEqual(dependencies)
    expect(packages['']?.devDependencies).toEqual(devDependencies)
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d/.test(version))
    expect(loose).toEqual([])
  })

  it('would be found incomplete', () => {
    const broken: Packages = {
      '': { dependencies: { a: '1.0.0' } },
      'node_modules/a': { optionalDependencies: { 'a-linux': '1.0.0', 'a-darwin': '1.0.0' } },
      'node_modules/a-linux': { dependencies: { b: '1.0.0', c: '1.0.0' } },
      'node_modules/a-linux/node_modules/b': {},
      'node_modules/c': {},
    }
    expect(missingFromLock(broken)).toEqual(['node_modules/a names a-darwin'])
    expect(missingFromLock({ '': { devDependencies: { x: '1.0.0' } } })).toEqual(['package.json names x'])
  })
})
