import { describe, expect, it } from 'vitest'
import { standingStates } from '#capabilities/hazard/model/index.ts'
import { countedBy } from './counted.ts'

const until = '2023-12-31'

describe('countedBy', () => {
  it('asks the statistics for what they keep apart', () => {
    expect(countedBy({}, until)).toEqual({ metric: 'hazard', where: {} })
    expect(countedBy({ area: '341723101', sector: 'gas', level: 'major', stateType: 'closed' }, until)).toEqual({
      metric: 'hazard',
      where: { sector: ['gas'], level: ['major'], state: ['closed'] },
      areaPrefix: '341723101',
    })
    expect(countedBy({ stock: true, stateType: 'standing' }, until)).toEqual({
      metric: 'hazard',
      where: { state: standingStates },
      monthTo: '2023-12',
    })
    expect(countedBy({ listed: true, foundMonth: '2026-02' }, until)).toEqual({
      metric: 'listed',
      where: { month: ['2026-02'] },
    })
  })

  it('counts as overdue only what still stands', () => {
    expect(countedBy({ overdue: true, states: ['closed', 'rectifying'] }, until)?.where.state).toEqual(['rectifying'])
    expect(countedBy({ overdue: true, stateType: 'closed' }, until)?.where.state).toEqual([])
  })

  it('leaves to the rows what the statistics do not know', () => {
    const beyond = [
      { text: '配电箱' },
      { unitId: '01890000-0000-7000-8000-000000000001' },
      { area: '341723101001' },
      { asOf: '2026-01-01' },
      { overdue: true, listed: true },
      { overdue: false },
      { stock: false },
      { foundFrom: '2026-01-01' },
    ]
    for (const filter of beyond) expect(countedBy(filter, until)).toBeUndefined()
    // A stock that ends in the middle of a month cannot be cut out of whole months.
    expect(countedBy({ stock: true }, '2023-12-15')).toBeUndefined()
  })
})
