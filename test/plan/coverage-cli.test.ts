import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ran } from './typed.ts'

let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'zhiben-coverage-'))
})
afterAll(() => rm(home, { recursive: true }))

const covered = (pack: string, ...args: string[]) =>
  ran(
    { ZHIBEN_HOME: home, ZHIBEN_PACK: `packs/${pack}`, DATABASE_URL: 'postgres://no.invalid/x' },
    ...['plan', 'coverage', ...args],
  )

it.each(['qingyang-2024-2026', '_neutral'])('counts the rows of %s as JSON alone, without a database', async (pack) => {
  const { code, stdout, stderr } = await covered(pack, '--json')
  expect([code, stderr]).toEqual([0, ''])
  const { total, live, later, rows } = JSON.parse(stdout)
  expect(rows).toHaveLength(total)
  expect(live + later).toBe(total)
  const liveRows = rows.filter((row: { mechanisms: unknown[] }) => row.mechanisms.length > 0)
  expect(liveRows).toHaveLength(live)
  for (const row of rows) {
    expect(row.live, row.id).toBe(row.mechanisms.length > 0)
    expect(row.later === null, row.id).toBe(row.live)
  }
  expect(await readdir(home)).toEqual([])
})

it('prints the counts and every row, or the mechanisms there are', async () => {
  const { stdout } = await covered('_neutral')
  expect(stdout).toMatch(/条款 11 条，已有落实机制 \d+ 条，等待功能 \d+ 条/)
  expect(stdout).toContain('T-1　存量隐患2024年底前清完　〔重大隐患存量清零〕')
  const known = await covered('_neutral', '--mechanisms')
  expect(known.stdout).toContain('hazard:stock　重大隐患存量清零')
})

it('says what it does not understand', async () => {
  const { code, stdout, stderr } = await covered('_neutral', '--xml')
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain('看不懂的参数')
})
