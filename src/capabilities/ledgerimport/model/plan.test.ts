import { describe, expect, it } from 'vitest'
import type { LedgerField } from './fields.ts'
import { correctionWords, planRow, rowIdentity } from './plan.ts'
import type { Corrections, PlanSettings } from './reading.ts'
import type { RawCell } from './sheet.ts'

const vocabulary = {
  areas: [{ code: '341723101', names: ['木镇镇', '木镇'] }],
  sectors: [
    { id: 'industryTrade', names: ['工贸', '工贸行业'] },
    { id: 'mine', names: ['非煤矿山', '矿山'] },
  ],
}
const fields = [
  'area',
  'unitName',
  'sector',
  'channel',
  'description',
  'foundOn',
  'progress',
  'closedOn',
  'funds',
  'phone',
  'level',
] as const
const settings: PlanSettings = {
  columns: Object.fromEntries(fields.map((field, at) => [field, at + 1])),
  values: {},
  years: {},
  assumed: { fundsUnit: '万元' },
  closedHeading: '销号时间',
  date1904: false,
  vocabulary,
  today: '2026-11-24',
}
type Cells = Partial<Record<(typeof fields)[number], string | number | null>>
const good: Cells = {
  area: '木镇镇',
  unitName: '东山机械厂',
  sector: '工贸',
  channel: '检查',
  description: '除尘管道无泄爆',
  foundOn: '2024-05-06',
  progress: '整改中',
  level: '重大',
}
const cells = (more: Cells = {}): RawCell[] =>
  fields.map((field, at) => ({ col: at + 1, value: { ...good, ...more }[field] ?? null, date: false }))
const plan = (more: Cells = {}, change: Partial<PlanSettings> = {}, corrections: Corrections = {}) =>
  planRow({ ...settings, ...change }, cells(more), corrections)
const kinds = ({ problems }: ReturnType<typeof plan>) =>
  problems.filter(({ kind }) => kind !== 'note').map((p) => p.field)
const notes = ({ problems }: ReturnType<typeof plan>) => problems.map(({ message }) => message).join('\n')
const without = (field: LedgerField) => {
  const { [field]: _gone, ...columns } = settings.columns
  return columns
}

describe('whether a row is closed', () => {
  it('never closes what the ledger only calls not yet closed', () => {
    for (const progress of ['未销号', '待销号', '尚未销号', '未闭环']) {
      expect(kinds(plan({ progress, closedOn: '2024-06-01' }))).toEqual(['progress'])
    }
    expect(plan({ progress: '未按期整改完成' }).hazard?.progress).toBe('open')
    expect(plan({ progress: '整改完成，待销号', closedOn: '2024-06-01' }).hazard?.progress).toBe('rectified')
  })

  it('lets the person overrule the words and the day, and shows no ids', () => {
    const corrected = plan({ progress: '已整改', closedOn: '2024-06-01' }, {}, { progress: 'rectified' })
    expect(corrected.hazard).toMatchObject({ progress: 'rectified', closedOn: null })
    expect(notes(corrected)).toContain('整改情况为“已整改待验收”')
    expect(notes(corrected)).not.toMatch(/[a-z]{4,}/)
    const mapped = plan(
      { progress: '已整改', closedOn: '2024-06-01' },
      { values: { progress: { 已整改: 'rectified' } } },
    )
    expect(mapped.hazard?.progress).toBe('rectified')
    const closed = plan({ progress: '未销号', closedOn: '2024-06-01' }, {}, { progress: 'closed' })
    expect(closed.hazard).toMatchObject({ progress: 'closed', closedOn: '2024-06-01' })
  })

  it('takes a closing day for closing only under a heading that says so', () => {
    const done = { progress: '已整改', closedOn: '2024-06-01' }
    expect(plan(done).hazard?.progress).toBe('closed')
    expect(plan(done, { closedHeading: '整改完成时间' }).hazard).toMatchObject({
      progress: 'rectified',
      closedOn: null,
    })
    expect(kinds(plan({ ...done, progress: null }))).toEqual(['progress'])
  })
})

describe('money', () => {
  it('counts in the unit the column names, and asks when none does', () => {
    const yuan = (funds: string | number, fundsUnit?: '元' | '万元') => plan({ funds }, { assumed: { fundsUnit } })
    expect(yuan(50000, '元').hazard?.fundsYuan).toBe(50_000)
    expect(yuan(5, '万元').hazard?.fundsYuan).toBe(50_000)
    expect(kinds(yuan(5))).toEqual(['funds'])
    expect(yuan('5万元').hazard?.fundsYuan).toBe(50_000)
    expect(yuan(0).hazard?.fundsYuan).toBe(0)
  })
})

describe('the level', () => {
  it('is assumed only from the title or the person, and only where no column says it', () => {
    const columns = without('level')
    expect(kinds(plan({}, { columns }))).toEqual(['level'])
    expect(plan({}, { columns, assumed: { level: 'general' } }).hazard?.level).toBe('general')
    expect(plan({ level: '非重大' }).hazard?.level).toBe('general')
    expect(kinds(plan({ level: null }))).toEqual(['level'])
    expect(kinds(plan({ level: '疑似重大' }))).toEqual(['level'])
  })
})

describe('days', () => {
  it('are the same day however Excel keeps them', () => {
    const day = (foundOn: string | number, date1904 = false) => plan({ foundOn }, { date1904 }).hazard?.foundOn
    expect(day(45_358)).toBe('2024-03-07')
    expect(day('2024.3.7')).toBe('2024-03-07')
    expect(day(45_358 - 1462, true)).toBe('2024-03-07')
  })

  it('offer the years around today when the year is missing', () => {
    const asked = plan({ foundOn: '3月7日' }, { today: '2031-05-01' }).problems.find(({ kind }) => kind === 'question')
    expect(asked?.candidates).toEqual(['2027-03-07', '2028-03-07', '2029-03-07', '2030-03-07', '2031-03-07'])
  })
})

it('keeps the phone for the plan, and the first of several', () => {
  expect(plan({ phone: 13_988_545_667 }).hazard?.phone).toBe('13988545667')
  const two = plan({ phone: '13988545667、0566-5021234' })
  expect(two.hazard?.phone).toBe('13988545667')
  expect(notes(two)).toContain('不止一个号码')
})

it('keeps the ledger’s own words as the source when a person corrects the channel', () => {
  const row = plan({ channel: '其他' }, {}, { channel: 'inspection' })
  expect(row.hazard).toMatchObject({ channel: 'inspection', source: '其他' })
  expect(correctionWords(vocabulary, { sector: 'mine', channel: 'inspection' })).toEqual([
    '导入时更正了行业领域：非煤矿山',
    '导入时更正了隐患来源：督导检查',
  ])
})

it('knows a row again in another writing', () => {
  const of = (more: Cells) => rowIdentity(settings.columns, cells(more), plan(more).hazard)
  expect(of({ foundOn: 45_358, sector: '工贸行业' })).toBe(of({ foundOn: '2024年3月7日', area: ' 木镇 ' }))
  expect(of({ foundOn: '2024-03-08' })).not.toBe(of({ foundOn: 45_358 }))
})
