import { expect, it } from 'vitest'
import { coverageOf, planOf } from '#capabilities/plan/model/index.ts'
import { mechanismsOf } from './mechanisms.ts'

/** A capability that comes later brings entries that name clauses: its rows then count without a word changed in them. */
it('lets ledgers, duties, tasks and returns that name a clause serve it', () => {
  const entry = (id: string, ...clauses: string[]) => ({ id, title: `${id}台账`, clauses })
  const mechanisms = mechanismsOf({
    sectors: [],
    matrix: [],
    ledgers: [
      { ...entry('mines', 'C1-1'), fields: [] },
      {
        ...entry('rules', 'C1-2'),
        clauseField: 'source',
        fields: [{ id: 'source', title: '依据', type: 'choice', options: { 'C1-6': '某条', other: '其他' } }],
      },
    ],
    duties: { rules: [entry('drill', 'C1-1', 'C1-2')] },
    tasks: { tasks: [entry('sub-plan', 'C1-3')], meetings: [entry('kick-off', 'C1-3')], chains: [entry('chain')] },
    returns: entry('monthly', 'C1-4'),
  })
  const rows = ['C1-1', 'C1-2', 'C1-3', 'C1-4', 'C1-5', 'C1-6'].map((id) => ({
    ...{ id, kind: 'coverage' as const, text: '某事', bodies: [], evidence: '台账', later: 'ledger' as const },
  }))
  const measures = [{ id: 'C1', title: '某项', lead: [] }]
  const plan = planOf({ sections: [], actions: [{ id: 'A1', title: '行动', measures }] }, rows, [])
  const serving = coverageOf(plan, mechanisms).map(({ mechanisms: of, later }) => [...of.map(({ id }) => id), later])
  expect(serving).toEqual([
    ['ledger:mines', 'duty:drill', null],
    ['ledger:rules', 'duty:drill', null],
    ['task:sub-plan', 'task:kick-off', null],
    ['progress:monthly', null],
    ['ledger'],
    ['ledger:rules-C1-6', null],
  ])
})
