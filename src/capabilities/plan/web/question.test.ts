import { describe, expect, it } from 'vitest'
import { readWall } from './question.ts'

describe('readWall', () => {
  it('takes from the address what the wall can be narrowed to', () => {
    const search = {
      asOf: '2025-12-31',
      area: 990101100,
      body: 'emergency',
      stage: 'P1',
      deadline: 'passed',
      state: 'unmet',
    }
    expect(readWall(search, '2026-01-05')).toEqual({
      limits: { asOf: '2025-12-31', area: '990101100', body: 'emergency', stage: 'P1', deadline: 'passed' },
      state: 'unmet',
    })
  })

  it('leaves out what makes no sense, and days that have not come', () => {
    const search = { asOf: '2026-02-30', area: 'x', deadline: 'soonish', state: 'good', body: 7 }
    expect(readWall(search, '2026-01-05')).toEqual({ limits: {}, state: undefined })
    expect(readWall({ asOf: '2026-01-05' }, '2026-01-05').limits).toEqual({})
  })
})
