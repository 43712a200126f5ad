import { describe, expect, it } from 'vitest'
import { readQuestion } from './question.ts'

const today = '2026-11-24'

describe('reading the address of the statistics', () => {
  it('starts with what stands now, by sector and area', () => {
    const question = readQuestion({}, today)
    expect(question).toMatchObject({ limits: {}, measure: 'standing', rows: 'sector', columns: 'area' })
    expect(question.asOf).toBeUndefined()
  })

  it('keeps what is right and drops what the server would refuse', () => {
    const question = readQuestion(
      { area: 341723100, sector: 'mine', level: 'huge', channel: 'inspection', asOf: '2026-02-30', measure: 'x' },
      today,
    )
    expect(question.limits).toEqual({ area: '341723100', sector: 'mine', channel: 'inspection' })
    expect(question.asOf).toBeUndefined()
    expect(question.measure).toBe('standing')
  })

  it('takes only a past day as a day of history', () => {
    expect(readQuestion({ asOf: '2025-12-31' }, today).asOf).toBe('2025-12-31')
    expect(readQuestion({ asOf: today }, today).asOf).toBeUndefined()
    expect(readQuestion({ asOf: '2027-01-01' }, today).asOf).toBeUndefined()
  })

  it('never sets a dimension against itself', () => {
    expect(readQuestion({ rows: 'area', columns: 'area' }, today)).toMatchObject({ rows: 'area', columns: 'sector' })
    expect(readQuestion({ rows: 'month', columns: 'month' }, today)).toMatchObject({ rows: 'month', columns: 'area' })
  })

  it('turns a period round that ends before it begins', () => {
    expect(readQuestion({ from: '2026-05', to: '2025-01' }, today)).toMatchObject({ from: '2025-01', to: '2026-05' })
    expect(readQuestion({ from: '2026-13' }, today).from).toBeUndefined()
  })
})
