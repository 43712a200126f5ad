import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keptRootsFile, readKeptRoots, rootKeeper } from './kept-roots.ts'
import { leafHash } from './merkle.ts'
import type { SealedBlock } from './seal.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhiben-roots-'))
  file = join(folder, keptRootsFile)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const noon = Date.parse('2026-11-25T04:00:00Z')
function block(number: number, minutes: number): SealedBlock {
  const sealed_at = new Date(noon + minutes * 60_000)
  const nothing = { previous: null, history: leafHash(''), rows: 0, root: leafHash(''), software: 'zhiben test' }
  const header = { county: '341723', number, ...nothing, first_at: null, last_at: null, complete_to: null, sealed_at }
  return { header, hash: leafHash(`block ${number}`) }
}
const rootOf = (number: number) => leafHash(`block ${number}`).toString('hex')

it('keeps a root an hour, also across restarts, and reads them back with their place', async () => {
  expect(await readKeptRoots(file)).toEqual([])
  const keep = rootKeeper(file)
  for (const [number, minutes] of [
    [1, 0],
    [2, 1],
    [3, 59],
    [4, 60],
    [5, 61],
  ] as const)
    await keep(block(number, minutes))
  // Another process, later the same hour, then in the next.
  const again = rootKeeper(file)
  await again(block(6, 100))
  await again(block(7, 121))
  const kept = await readKeptRoots(file)
  expect(kept.map(({ root }) => root)).toEqual([1, 4, 7].map(rootOf))
  expect(kept[0]?.keptIn).toContain('第3行（2026-11-25T04:00:00.000Z，第1块）')
  expect(await readFile(file, 'utf8')).toMatch(/^# 审计封存根/)
})

it('passes over what is no line of it, such as one torn by a full disk', async () => {
  await rootKeeper(file)(block(1, 0))
  await appendFile(file, `2026-11-25T05:00:00.000Z 2 ${rootOf(2).slice(0, 20)}\n`)
  await rootKeeper(file)(block(3, 90))
  expect((await readKeptRoots(file)).map(({ root }) => root)).toEqual([1, 3].map(rootOf))
})
