import { describe, expect, it } from 'vitest'
import { createCalendar } from '#kernel/calendar.ts'
import { satisfiedOn, windowsOf } from './meeting/periods.ts'
import { occasionsOf, PackTask, taskProblems } from './pack.ts'
import { bodiesOf } from './population.ts'
import { dueRungs, lastWord } from './reminding.ts'
import { count, emptyTally, latenessOf, settled } from './rules.ts'
import { productState } from './stages.ts'

const dates = { issuedOn: '2024-03-01', dueOn: '2024-03-29', submittedOn: null, endedOn: null }

describe('lateness', () => {
  it('is told by the day handed in, or by today', () => {
    const of = (more: object, today = '2024-03-20') => latenessOf({ state: 'issued', ...dates, ...more }, today)
    expect([of({}), of({}, '2024-03-22'), of({}, '2024-03-29'), of({}, '2024-03-30')]).toEqual([
      undefined,
      'soon',
      'soon',
      'overdue',
    ])
    expect(of({ state: 'done', submittedOn: '2024-03-29' }, '2024-05-01')).toBe('onTime')
    expect(of({ state: 'done', submittedOn: '2024-03-30' }, '2024-05-01')).toBe('late')
    expect([of({ state: 'submitted' }, '2024-05-01'), of({ state: 'void' }, '2024-05-01')]).toEqual([
      undefined,
      undefined,
    ])
  })
})

describe('counting as of a day', () => {
  const owed = {
    since: '2024-03-01',
    dueOn: '2024-03-29',
    fulfilledOn: '2024-03-28',
    acceptedOn: '2024-04-02',
    withdrawnOn: null,
  }
  const at = (asOf: string, more: object = {}) => {
    const tally = emptyTally()
    count(tally, { ...owed, ...more }, asOf)
    return settled(tally)
  }
  it('puts each thing into exactly one part', () => {
    expect(at('2024-02-28').due).toBe(0)
    expect(at('2024-03-29')).toMatchObject({ due: 1, open: 1, nextDue: '2024-03-29' })
    expect(at('2024-03-30')).toMatchObject({ due: 1, missed: 1, metOn: null })
    expect(at('2024-04-02')).toMatchObject({ due: 1, met: 1, metOn: '2024-04-02' })
    expect(at('2024-04-02', { fulfilledOn: '2024-03-30' })).toMatchObject({ late: 1, met: 0 })
    expect(at('2024-04-02', { withdrawnOn: '2024-04-01' }).due).toBe(0)
  })
})

describe('what the pack asks for', () => {
  const task = PackTask.parse({
    ...{ id: 'a', kind: 'filing', title: '清单', evidence: '件', clauses: ['S1'], who: { kinds: ['town'] } },
    due: { every: 'year', on: '03-31', issued: '01-05', years: [2024, 2025] },
  })
  it('is due on its day of every year and never issued before the plan', () => {
    expect(occasionsOf(task, '2024-03-07')).toEqual([
      { period: '2024', issued: '2024-03-07', due: '2024-03-31' },
      { period: '2025', issued: '2025-01-05', due: '2025-03-31' },
    ])
  })
  it('is refused when it contradicts the rest of the pack', () => {
    const known = {
      bodies: new Set(['b']),
      sectors: new Set<string>(),
      stages: new Set(['s']),
      mechanisms: new Set<string>(),
    }
    const wrong = { ...task, who: { bodies: ['nobody'], except: [] } }
    const products = [{ stage: 't', title: '成果', clauses: ['P1'], by: ['task:z'] }]
    const problems = taskProblems({ tasks: [wrong, wrong], meetings: [], chains: [], products }, known)
    for (const part of ['写了两次', '机构“nobody”', '阶段“t”', '“task:z”'])
      expect(problems.map(({ words }) => words).join()).toContain(part)
    expect(PackTask.safeParse({ ...task, extra: 1 }).success).toBe(false)
  })
  it('counts of towns only those the county supervises', () => {
    const area = { name: '', aliases: [], level: 'town' as const, parentCode: '1', note: '', active: true }
    const areas = [
      { ...area, code: '341000100', supervised: true, bodyId: 'one' },
      { ...area, code: '341000101', supervised: false, bodyId: 'two' },
    ]
    const body = { kind: 'town' as const, note: '', active: true, area: '341000' }
    const bodies = ['one', 'two'].map((id) => ({ ...body, id, name: id }))
    expect(bodiesOf({ kinds: ['town'], except: [] }, { areas, bodies })).toEqual([
      { id: 'one', name: 'one', area: '341000100' },
    ])
    expect(bodiesOf({ bodies: ['two'], except: [] }, { areas, bodies }).map(({ id }) => id)).toEqual(['two'])
    expect(bodiesOf({ kinds: ['town'], except: ['one'] }, { areas, bodies })).toEqual([])
  })
})

describe('meetings', () => {
  it('satisfy the window they are held in and no other', () => {
    const windows = windowsOf({ every: 'halfYear', from: '2024-03-01', to: '2025-03-31' })
    expect(windows).toEqual([
      { from: '2024-03-01', to: '2024-06-30' },
      { from: '2024-07-01', to: '2024-12-31' },
      { from: '2025-01-01', to: '2025-03-31' },
    ])
    const held = ['2024-07-02', '2024-05-01', '2024-06-30']
    expect(windows.map((window) => satisfiedOn(held, window, 2))).toEqual(['2024-06-30', undefined, undefined])
  })
})

describe('clocks', () => {
  const calendar = createCalendar([])
  it('are set before, on and after the day, and never for what was past when it came', () => {
    const rungs = (raisedOn: string) => dueRungs('2024-03-29', raisedOn, [5, 1], calendar).map(({ rung }) => rung)
    expect(rungs('2024-03-01')).toEqual(['before-5', 'before-1', 'due', 'overdue'])
    expect(rungs('2024-03-28')).toEqual(['due', 'overdue'])
    expect(rungs('2026-01-01')).toEqual([])
  })
  it('say nothing that is not true any more', () => {
    const said = (rung: string, today: string, dueOn = '2024-03-29') =>
      lastWord('报送', dueOn, [{ rung, basis: '2024-03-29' }], today, calendar)?.title
    expect(said('before-5', '2024-03-22')).toBe('报送还有5个工作日到期')
    expect([
      said('before-5', '2024-04-01'),
      said('due', '2024-04-01'),
      said('due', '2024-03-29', '2024-04-30'),
    ]).toEqual([...[undefined, undefined, undefined]])
    expect(said('overdue', '2024-04-03')).toBe('报送已超过期限')
  })
  it('say one thing where several come due at once: the last that is still true', () => {
    const said = (today: string, ...rungs: string[]) =>
      lastWord(
        '报送',
        '2024-03-29',
        rungs.map((rung) => ({ rung, basis: '2024-03-29' })),
        today,
        calendar,
      )
    expect(said('2024-03-28', 'before-5', 'before-1')).toEqual({
      rung: 'before-1',
      kind: 'remind',
      title: '报送还有1个工作日到期',
    })
    expect(said('2024-03-29', 'before-5', 'before-1', 'due')?.kind).toBe('due')
    expect(said('2024-04-08', 'before-5', 'before-1', 'due', 'overdue')?.kind).toBe('overdue')
    expect(said('2024-04-08', 'before-5', 'due')).toBeUndefined()
  })
})

describe('a product of a stage', () => {
  const window = { from: '2024-01-01', to: '2024-04-30' }
  const stands = { due: 2, met: 2, late: 0, open: 0, missed: 0, zeroConfirmed: false, metOn: '2024-04-30' }
  it('is produced, late, under way, missing, ahead or unknown', () => {
    const of = (more: object, asOf = '2024-04-15') => productState([{ ...stands, ...more }], window, asOf)
    expect(of({})).toBe('produced')
    expect([of({ late: 1, met: 1 }), of({ metOn: '2024-05-02' })]).toEqual(['late', 'late'])
    expect([of({ met: 1, open: 1 }), of({ met: 1, missed: 1 }), of({ met: 1, open: 1 }, '2024-05-01')]).toEqual([
      'underway',
      'missing',
      'missing',
    ])
    expect([of({ due: 0 }, '2023-12-01'), of({ due: 0 }), productState([], window, '2024-04-15')]).toEqual([
      'ahead',
      'unknown',
      'unknown',
    ])
    expect(of({ due: 0, zeroConfirmed: true })).toBe('produced')
  })
})
