import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '#platform/config/config.ts'

const at = (path: string) => join(projectRoot, path)
const read = (path: string) => readFileSync(at(path), 'utf8')

/** The commands of a shell script, without comments and what only prepares. */
function commandsOf(script: string): string[] {
  return script
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(#|set |cd )/.test(line))
}

/** The commands in a page's shell blocks, without the words beside them. */
function shellOf(page: string): string[] {
  return [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block
      .split('\n')
      .map((line) => line.replace(/\s*#.*/, '').trim())
      .filter((line) => line !== ''),
  )
}

/** Files of the project that a page links to or shows and that are not there. */
function brokenLinks(path: string, page: string): string[] {
  return [...page.matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !existsSync(at(join(dirname(path), target))))
}

describe('the README', () => {
  const readme = read('README.md')

  it('names the test command that CI runs, and only scripts that exist', () => {
    const [testing, ...others] = commandsOf(read('.ci/run'))
    expect(others).toEqual([])
    expect(shellOf(readme)).toContain(testing)
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = shellOf(readme).map((line) => /^npm (?:run )?([a-z]+)/.exec(line)?.[1] ?? line)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
    expect(named).toEqual(expect.arrayContaining(['start', 'test', 'check', 'docs', 'zhiben']))
  })

  it('shows pictures that are there and not heavy', () => {
    const pictures = [...readme.matchAll(/!\[[^\]]+\]\((docs\/images\/[^)]+)\)/g)].map(([, path = '']) => path)
    expect(pictures.length).toBeGreaterThanOrEqual(2)
    for (const path of pictures) expect(statSync(at(path)).size, path).toBeLessThanOrEqual(300 * 1024)
  })

  it('names every capability', () => {
    for (const name of readdirSync(at('src/capabilities'))) expect(readme).toContain(name)
  })

  it('would be found to miss a command or a file', () => {
    expect(commandsOf('#!/bin/sh\nset -e\ncd x\nnpm run other\n')).toEqual(['npm run other'])
    expect(shellOf('```sh\nnpm test   # all\n```')).toEqual(['npm test'])
    expect(brokenLinks('README.md', '[a](docs/adr/) [b](docs/none.md) [c](https://a.cn/x)')).toEqual(['docs/none.md'])
  })
})

describe('written pages', () => {
  const adrs = readdirSync(at('docs/adr')).sort()
  const capabilities = readdirSync(at('src/capabilities')).map((name) => `src/capabilities/${name}/README.md`)

  it('link only to what is there', () => {
    const pages = ['README.md', 'docs/operating.md', 'docs/glossary.md', ...adrs.map((name) => `docs/adr/${name}`)]
    expect(pages.flatMap((path) => brokenLinks(path, read(path)).map((target) => `${path} → ${target}`))).toEqual([])
  })

  it('of decisions are numbered without a gap and begin with their number', () => {
    expect(adrs.map((name) => name.slice(0, 4))).toEqual(adrs.map((_, index) => String(index + 1).padStart(4, '0')))
    for (const name of adrs) expect(read(`docs/adr/${name}`), name).toMatch(new RegExp(`^# ${name.slice(0, 4)} \\S`))
  })

  it('of capabilities have at most 30 lines', () => {
    for (const path of capabilities) {
      expect(existsSync(at(path)), `${path} is missing`).toBe(true)
      expect(read(path).trimEnd().split('\n').length, path).toBeLessThanOrEqual(30)
    }
  })

  it('for operators name exactly the settings that are read', () => {
    const config = read('src/platform/config/config.ts')
    const settings = [...config.matchAll(/\(env, '([A-Z_]+)'/g), ...config.matchAll(/env\.([A-Z_]+)\b/g)]
    const wanted = [...new Set(settings.map(([, name]) => name))].sort()
    const named = [...read('docs/operating.md').matchAll(/^\| `([A-Z_]+)` *\|/gm)].map(([, name]) => name).sort()
    expect(wanted.length).toBeGreaterThan(8)
    expect(named).toEqual(wanted)
  })
})
