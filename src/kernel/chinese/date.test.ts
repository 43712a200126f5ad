import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Day, dayFromNumber, dayNumber, partsOfDay } from '../time.ts'
import { candidateDays, type LedgerDateBounds, parseLedgerDate } from './date.ts'

const anyDay = fc.integer({ min: dayNumber('2000-01-01'), max: dayNumber('2099-12-31') }).map(dayFromNumber)

/** The day, or the kind with its reason: short enough to compare whole tables of cells. */
function read(value: string | number | Date | null, bounds?: LedgerDateBounds): string {
  const date = parseLedgerDate(value, bounds)
  if (date.kind === 'day') return date.day
  if (date.kind === 'noYear') return `${date.month}/${date.dayOfMonth}`
  return date.kind === 'invalid' ? date.reason : 'empty'
}

/** Spells a number as Chinese documents do: 十二, 二十一, 三十. */
function spell(n: number): string {
  const digits = '〇一二三四五六七八九'
  const tens = n < 10 ? '' : `${n < 20 ? '' : digits.charAt(Math.floor(n / 10))}十`
  return tens + (n % 10 === 0 ? '' : digits.charAt(n % 10))
}

const writings: ((day: Day) => string | number | Date)[] = [
  (day) => day,
  (day) => day.replaceAll('-', ''),
  (day) => Number(day.replaceAll('-', '')),
  (day) => day.replaceAll('-', '/'),
  (day) => day.replaceAll('-0', '.').replaceAll('-', '.'),
  (day) => day.slice(2).replaceAll('-0', '.').replaceAll('-', '.'),
  (day) => ` ${day}　`,
  (day) => `${day} 00:00:00`,
  (day) => `${day}T08:30`,
  (day) => day.replace(/[\d-]/g, (c) => (c === '-' ? '－' : String.fromCharCode(c.charCodeAt(0) + 0xfee0))),
  (day) => new Date(`${day}T00:00:00Z`),
  (day) => dayNumber(day) - dayNumber('1899-12-30'),
  (day) => `${dayNumber(day) - dayNumber('1899-12-30')}`,
  (day) => dayNumber(day) - dayNumber('1899-12-30') + 0.75,
  (day) => inChinese(day, String),
  (day) => inChinese(day, spell),
]

function inChinese(day: Day, number: (n: number) => string): string {
  const { year, month, dayOfMonth } = partsOfDay(day)
  const yearText =
    number === spell ? Array.from(String(year), (c) => '〇一二三四五六七八九'.charAt(Number(c))).join('') : year
  return `${yearText}年${number(month)}月${number(dayOfMonth)}日`
}

describe('dates of a ledger', () => {
  it('reads every day in every way it is written', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        for (const write of writings) expect(read(write(day))).toBe(day)
      }),
      { numRuns: 300 },
    )
  })

  it('reads the ways of the county ledger', () => {
    const cells: [string | number | Date, string, string][] = [
      [new Date('2023-11-24T00:00:00Z'), '2023-11-24', 'excelDate'],
      [45254, '2023-11-24', 'excelSerial'],
      ['45254', '2023-11-24', 'excelSerial'],
      ['2024.3.7', '2024-03-07', 'separated'],
      ['2024/3/7', '2024-03-07', 'separated'],
      ['2024-02-26 ', '2024-02-26', 'separated'],
      ['2024年3月7日', '2024-03-07', 'chinese'],
      ['24.3.7', '2024-03-07', 'twoDigitYear'],
      ['24年3月7日', '2024-03-07', 'twoDigitYear'],
      ['20240307', '2024-03-07', 'compact'],
      ['二〇二四年三月七日', '2024-03-07', 'chinese'],
      ['二O二四年十二月三十一日', '2024-12-31', 'chinese'],
      ['二○二四年十月二十日', '2024-10-20', 'chinese'],
      ['2024-03-07T16:30:00Z', '2024-03-08', 'instant'],
    ]
    for (const [cell, day, form] of cells) expect(parseLedgerDate(cell)).toEqual({ kind: 'day', day, form })
  })

  it('reads sloppy writing whose meaning is plain', () => {
    const same = [
      '2024 年 3 月 7 日',
      '2024. 3. 7',
      '2024.3.7.',
      '2024。3。7',
      '2024、3、7',
      '2024 3 7',
      '2024－03－07',
      '2024—3—7',
    ]
    const more = [
      '２０２４．３．７',
      '2024年3月7号',
      '2024年3月7',
      '2024年3月7日 9:05',
      '2024年3月7日10时30分',
      "'2024-3-7",
      '\u200b2024/03/07 0:00',
    ]
    expect([...same, ...more].filter((text) => read(text) !== '2024-03-07')).toEqual([])
  })

  it('knows the leap day that only Excel has', () => {
    const old = { min: '1900-01-01' }
    expect([1, 59, 61, 62].map((n) => read(n, old))).toEqual(['1900-01-01', '1900-02-28', '1900-03-01', '1900-03-02'])
    expect(read(60, old)).toContain('1900年2月29日不存在')
    expect(read(18172)).toBe('1949-10-01')
    expect(read(18171)).toContain('不像日期')
    expect(read(73050)).toBe('2099-12-31')
    expect(read(73051)).toContain('晚于2099-12-31')
  })
})

describe('dates that need a person', () => {
  it('asks for a missing year and never guesses it', () => {
    const written = ['3月7日', ' 3月7日　', '3.7', '3/7', '03-07', '３月７号', '三月七日', '3月7']
    for (const text of written) expect(parseLedgerDate(text)).toEqual({ kind: 'noYear', month: 3, dayOfMonth: 7 })
    expect(read('2月29日')).toBe('2/29')
    expect(read('十二月廿五日')).toBe('12/25')
    expect(candidateDays({ month: 2, dayOfMonth: 29 }, [2023, 2024, 2025])).toEqual(['2024-02-29'])
    expect(candidateDays({ month: 3, dayOfMonth: 7 }, [2024, 2025])).toEqual(['2024-03-07', '2025-03-07'])
  })

  it('asks for a missing day or month', () => {
    for (const cell of [
      '2024年3月',
      '2024.3',
      '2024-03',
      '2024年',
      '2024',
      '202403',
      '2024年6月底',
      '二〇二四年三月',
      2024,
      2024.3,
      202403,
    ]) {
      expect(read(cell)).toMatch(/^“.+”缺少具体的日/)
    }
  })

  it('refuses what a spreadsheet has spoilt or nobody can read', () => {
    expect(read(3.1)).toContain('被存成了小数')
    expect(read(3)).toContain('不像日期')
    for (const number of [0, -5, Number.NaN, Number.POSITIVE_INFINITY, 1e9]) expect(read(number)).toContain('不是日期')
    expect(read(new Date(Number.NaN))).toContain('日期无效')
    expect(read('3/7/2024')).toContain('年份写在了后面')
    expect(read('2024.3.7-2024.4.7')).toContain('不止一个日期')
    expect(read('2024.3.7、4.8')).toContain('不止一个日期')
    for (const text of [
      '立即',
      '待定',
      '2024年3月7日前',
      '尽快整改',
      '第三季度',
      '12:30',
      '十十月一日',
      '2024年一二月3日',
      '2024年3月77777日',
    ]) {
      expect(read(text)).toMatch(/^“.+”.*请/)
    }
  })

  it('says why a day does not exist', () => {
    expect(read('2023年2月29日')).toBe('“2023年2月29日”这一天不存在（2023年2月没有29日），请核对')
    expect(read('2024.4.31')).toContain('4月没有31日')
    expect(read('2024-13-01')).toContain('没有这样的月份')
    expect(read('2024-10-32')).toContain('没有这样的日')
    expect(read('2月30日')).toContain('2月没有30日')
    expect(read('24.13.1')).toContain('没有这样的月份')
    expect(read('2024-03-07 25:00')).toContain('时间不存在')
    expect(read('2023-02-29T00:00:00Z')).toContain('不是存在的日期')
    expect(read('202年3月7日')).toContain('三位数')
  })

  it('keeps to the bounds it is given', () => {
    const bounds = { min: '2020-01-01', max: '2026-11-24' }
    expect(read('2019.12.31', bounds)).toContain('早于2020-01-01')
    expect(read('2026.11.25', bounds)).toContain('晚于2026-11-24')
    expect(read('98.3.7', bounds)).toContain('晚于2026-11-24')
    expect(read('2020.1.1', bounds)).toBe('2020-01-01')
    expect(read('2026.11.24', bounds)).toBe('2026-11-24')
  })

  it('takes the marks for nothing as empty', () => {
    for (const text of ['', '  ', '　', '/', '／', '-', '－', '——', '—', '无', '暂无', 'N/A', '\\', '\u200b']) {
      expect(read(text)).toBe('empty')
    }
    expect(read(null)).toBe('empty')
  })

  it('never throws, and whatever it calls a day is one within the bounds', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({ unit: fc.constantFrom(...'0123456789.-/年月日号时: T二十〇廿Z+'), maxLength: 14 }),
      fc.double(),
      fc.integer(),
      fc.date(),
    )
    fc.assert(
      fc.property(cell, (value) => {
        const date = parseLedgerDate(value, { min: '2000-01-01', max: '2030-12-31' })
        if (date.kind === 'day') {
          expect(dayFromNumber(dayNumber(date.day))).toBe(date.day)
          expect(date.day >= '2000-01-01' && date.day <= '2030-12-31').toBe(true)
        }
        if (date.kind === 'noYear') expect(candidateDays(date, [2000])).toHaveLength(1)
        if (date.kind === 'invalid') expect(date.reason).toMatch(/请/)
      }),
      { numRuns: 2000 },
    )
  })
})
