import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '#platform/config/config.ts'
import { type Result, withCapacity } from '../../bench/measure/docs.ts'

const manual = readFileSync(join(projectRoot, 'docs/operating.md'), 'utf8')
const row = {
  id: 'c',
  title: 'an action',
  measured: '100/s',
  floor: '200/s a|b',
  ratio: 0.5,
  aim: '≥ 0.35',
  figures: {},
}
const result: Result = {
  at: '2026-11-26T01:02:03Z',
  quick: false,
  machine: { cpu: 'Some CPU ', cores: 2, memoryGiB: 23.4, node: 'v24.0.0' },
  sizes: { large: { hazards: 1_000_000, units: 20_000 }, ledger: 20_000 },
  rows: [
    { ...row, met: true },
    { ...row, id: 'e1', ratio: null, met: false },
  ],
}

describe('the figures of the benchmark in the operating manual', () => {
  it('have their place, take the place of those before, and leave everything else', () => {
    const once = withCapacity(manual, result)
    expect(once).toContain('| c | an action | 100/s | 200/s a\\|b | 0.500 | ≥ 0.35 | met |')
    expect(once).toContain('| e1 | an action | 100/s | 200/s a\\|b | – | ≥ 0.35 | **short** |')
    expect(once).toContain('Measured 2026-11-26 on 2 cores (Some CPU), 23 GiB, Node v24.0.0;')
    expect(once).toContain('1,000,000 hazards over 20,000 units')
    expect(withCapacity(once, result)).toBe(once)
    const headings = (text: string) => text.split('\n').filter((line) => line.startsWith('## '))
    expect(headings(once)).toEqual(headings(manual))
  })

  it('never come from a quick run, and are not lost where there is no place for them', () => {
    expect(() => withCapacity(manual, { ...result, quick: true })).toThrow('--quick')
    expect(() => withCapacity('# nothing', result)).toThrow('no place')
  })
})
