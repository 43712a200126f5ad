import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { mechanismsOf } from '#apps/packs/mechanisms.ts'
import { PackError, readPack } from '#apps/packs/read.ts'
import { CriteriaWordsFile } from '#capabilities/criteria/model/index.ts'
import { CriteriaStandard } from '#capabilities/criteria/model/pack.ts'
import { HolidaysFile, PackManifest, packFiles } from '#capabilities/directory/model/pack.ts'
import { DutyFile } from '#capabilities/duty/model/pack.ts'
import { LedgerFile } from '#capabilities/ledger/model/index.ts'
import { coverageOf } from '#capabilities/plan/model/index.ts'
import { ClausesFile, OutlineFile } from '#capabilities/plan/model/pack.ts'
import { ReturnsFile } from '#capabilities/progress/model/index.ts'
import { taskFiles } from '#capabilities/task/model/index.ts'
import { projectRoot } from '#platform/config/config.ts'

/** What a person of another county learns from must be what the readers take. */
let page: string
let root: string
beforeAll(async () => {
  page = await readFile(join(projectRoot, 'docs/packs.md'), 'utf8')
  root = await mkdtemp(join(tmpdir(), 'zhiben-docs-packs-'))
  for (const name of ['_national', '_neutral']) {
    await cp(join(projectRoot, 'packs', name), join(root, name), { recursive: true })
  }
})
afterAll(() => rm(root, { recursive: true, force: true }))

const blocksOf = (text: string) =>
  [...text.matchAll(/```(摘自|新建) (\S+)\n([\s\S]*?)```/g)].map(([, what = '', path = '', body = '']) => ({
    ...{ what, path, body },
  }))

it('says of every excerpt where it is from: a file that is there, or a file of the county it builds', async () => {
  const blocks = blocksOf(page)
  expect(blocks.length).toBeGreaterThan(12)
  // Every other block is a command or a message.
  const others = [...page.matchAll(/```(?:sh|text)\n/g)]
  expect((blocks.length + others.length) * 2).toBe(page.split('```').length - 1)
  for (const { what, path, body } of blocks) {
    if (what === '摘自') expect(await readFile(join(projectRoot, path), 'utf8'), path).toContain(body)
  }
})

it('leads from an empty folder to a county that loads, with all that its steps write', async () => {
  const made = blocksOf(page).filter(({ what }) => what === '新建')
  for (const { path, body } of made) {
    const file = join(root, path.replace('packs/', ''))
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, body)
  }
  const [, from = '', to = ''] = /^cp packs\/(\S+) packs\/(\S+)$/m.exec(page) ?? []
  await cp(join(root, from), join(root, to))
  const pack = await readPack(join(root, 'xinxian'))
  const { manifest, plan, ledgers, duties, tasks } = pack
  expect([manifest.countyName, plan.clauses.length]).toEqual(['新县', 5])
  expect([ledgers.length, duties.rules.length, tasks.tasks.length]).toEqual([1, 1, 1])
  // As it promises: everything is served, by what the clause names or by what names the clause.
  expect(coverageOf(plan, mechanismsOf(pack)).filter(({ mechanisms }) => mechanisms.length === 0)).toEqual([])
})

describe('what it shows of mistakes', () => {
  it('is what whoever makes them is told', async () => {
    const shown = [...page.matchAll(/文件 `([^`]+)` 里把 `([^`]+)` 写成 `([^`]+)`：\n\n```text\n([\s\S]*?)\n```/g)]
    expect(shown.length).toBeGreaterThanOrEqual(5)
    for (const [, path = '', before = '', after = '', told = ''] of shown) {
      const file = join(root, '_neutral', path)
      const sound = await readFile(file, 'utf8')
      expect(sound, path).toContain(before)
      await writeFile(file, sound.replace(before, after))
      const error = await readPack(join(root, '_neutral')).catch((one: unknown) => one)
      await writeFile(file, sound)
      if (!(error instanceof PackError)) throw new Error(`${path} was taken with ${after}`)
      expect(error.problems.join('\n')).toContain(told)
    }
  })
})

interface Named {
  readonly keys: Set<string>
  readonly words: Set<string>
}

/** Every key of a schema, and every word that may stand for a value in it. */
function namesIn(schema: unknown, found: Named, seen = new Set<unknown>()): Named {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return found
  seen.add(schema)
  const { def } = (schema as z.ZodType)._zod ?? {}
  if (!def) return found
  const parts = def as unknown as Record<string, unknown>
  if (parts.type === 'object') {
    for (const [key, part] of Object.entries((schema as z.ZodObject).shape)) {
      found.keys.add(key)
      namesIn(part, found, seen)
    }
  }
  if (parts.type === 'enum') for (const word of Object.values(parts.entries as object)) found.words.add(String(word))
  if (parts.type === 'literal') for (const word of parts.values as unknown[]) found.words.add(String(word))
  for (const name of ['innerType', 'element', 'in', 'out', 'valueType', 'left', 'right'])
    namesIn(parts[name], found, seen)
  for (const option of (parts.options as unknown[] | undefined) ?? []) namesIn(option, found, seen)
  return found
}

const schemas: Readonly<Record<string, z.ZodType>> = {
  'pack.yaml': PackManifest,
  ...packFiles,
  'outline.yaml': OutlineFile,
  'clauses/*.yaml': ClausesFile,
  'ledgers/*.yaml': LedgerFile,
  'duties/*.yaml': DutyFile,
  ...taskFiles,
  'returns.yaml': ReturnsFile,
  'criteria/*.yaml': CriteriaStandard,
  'holidays.yaml': HolidaysFile,
  'criteria-words.yaml': CriteriaWordsFile,
}

describe.each(Object.entries(schemas))('%s', (file, schema) => {
  const { keys, words } = namesIn(schema, { keys: new Set(), words: new Set() })
  // Names stand in code marks, alone or within an example.
  const marked = () =>
    new Set([...page.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => code.match(/[\w-]+/g) ?? []))

  it('has every field explained', () => {
    expect(keys.size, file).toBeGreaterThan(0)
    const known = marked()
    expect([...keys].filter((key) => !known.has(key))).toEqual([])
  })

  it('has every word named that may stand in it', () => {
    const known = marked()
    expect([...words].filter((word) => !known.has(word))).toEqual([])
  })
})

it('would be found to miss a field or a word', () => {
  const { keys, words } = namesIn(LedgerFile, { keys: new Set(), words: new Set() })
  for (const key of ['clauseField', 'warnAbove', 'otherwise', 'requiredWhen', 'atLeast']) expect(keys).toContain(key)
  for (const word of ['waiting', 'inspector', 'certificateValidity', 'attachment']) expect(words).toContain(word)
  expect(blocksOf('```摘自 a/b.yaml\nx: 1\n```')).toEqual([{ what: '摘自', path: 'a/b.yaml', body: 'x: 1\n' }])
})
