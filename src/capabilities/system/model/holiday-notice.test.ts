import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { parse } from 'yaml'
import { changedDays, workingDaysIn, yearDoubts, yearRefusal } from './calendar-rules.ts'
import { readHolidayNotice } from './holiday-notice.ts'

interface PackYear {
  year: number
  complete: boolean
  holidays: string[]
  workdays: string[]
}
const file = new URL('../../../../packs/_national/holidays.yaml', import.meta.url)
const { years } = parse(readFileSync(file, 'utf8')) as { years: PackYear[] }
const yearOf = (year: number) => years.find((row) => row.year === year) as PackYear

/** The arrangement parts of the notices as they were published. */
const notices: Record<number, string> = {
  2024: `国务院办公厅关于2024年部分节假日安排的通知
    一、元旦：1月1日放假，与周末连休。
    二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
    三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
    四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
    五、端午节：6月10日放假，与周末连休。
    六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
    七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
    节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。`,
  2025: `一、元旦：1月1日（周三）放假1天，不调休。
    二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
    三、清明节：4月4日（周五）至6日（周日）放假，共3天。
    四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
    五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
    六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。`,
  2026: `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
    二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
    三、清明节：4月4日（周六）至6日（周一）放假，共3天。
    四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
    五、端午节：6月19日（周五）至21日（周日）放假，共3天。
    六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
    七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`,
}

describe('reading the notice', () => {
  it.each([2024, 2025, 2026])('of %d gives the days the pack holds, without a doubt', (year) => {
    const read = readHolidayNotice(notices[year] ?? '', year)
    const { holidays, workdays } = yearOf(year)
    expect(read).toMatchObject({ holidays, workdays, outside: [], problems: [] })
    expect(yearDoubts(year, { ...read, complete: true })).toEqual([])
  })

  it('names each holiday', () => {
    const names = readHolidayNotice(notices[2025] ?? '', 2025).periods.map(({ name, kind }) => `${name} ${kind}`)
    expect(names.slice(0, 3)).toEqual(['元旦 off', '春节 off', '春节 worked'])
    expect(names).toContain('国庆节、中秋节 off')
  })

  it('keeps days of the year before apart: they belong to its calendar', () => {
    const read = readHolidayNotice(
      '一、元旦：2027年12月30日至2028年1月1日放假调休，共3天。2028年1月2日（周日）上班。',
      2028,
    )
    expect(read).toMatchObject({
      holidays: [],
      workdays: ['2028-01-02'],
      outside: ['2027-12-30', '2027-12-31'],
      problems: [],
    })
  })

  it('reads lists copied from a table, in the ways dates are written', () => {
    const read = readHolidayNotice(
      '2027-01-01\t放假\n2027/2/8，放假\n2027.2.9 休\n2027-01-31 上班\n2月20日，上班',
      2027,
    )
    expect(read).toMatchObject({
      holidays: ['2027-01-01', '2027-02-08', '2027-02-09'],
      workdays: ['2027-01-31', '2027-02-20'],
      problems: [],
    })
  })

  it.each([
    ['五、端午节：6月8日（周三）至9日（周三）放假，共2天。', '2027-06-08 是星期二，通知里写的是星期三'],
    ['四、劳动节：5月1日（周六）至5日（周三）放假调休，共4天。', '写明共4天，按日期数是5天'],
    ['元旦：2月30日放假。', '没有“2月30日”这一天'],
    ['元旦：1月4日（周一）上班。', '本来就是周一至周五'],
    ['元旦：1月2日放假。1月2日（周六）上班。', '既写放假又写上班'],
    ['春节放假七天。', '没有看懂'],
    ['国务院办公厅关于2026年部分节假日安排的通知', '这是2026年的通知'],
  ])('says what does not add up: %s', (text, words) => {
    expect(readHolidayNotice(text, 2027).problems.join('\n')).toContain(words)
  })

  it('takes nothing from a text that orders nothing', () => {
    const read = readHolidayNotice('请各单位于2027年1月15日前报送总结，除夕（2月5日）鼓励休息。', 2027)
    expect(read).toEqual({ periods: [], holidays: [], workdays: [], outside: [], problems: [] })
  })
})

describe('a year', () => {
  const days = { holidays: ['2027-01-01'], workdays: ['2027-01-03'], complete: true }

  test.each([
    [{ ...days, holidays: ['2026-12-31'] }, 'system.dayOutsideYear'],
    [{ ...days, holidays: ['2027-01-01', '2027-01-01'] }, 'system.dayTwice'],
    [{ ...days, workdays: ['2027-01-04'] }, 'system.workdayOnWeekday'],
    [{ holidays: [], workdays: [], complete: true }, 'system.yearEmpty'],
    [days, undefined],
    [{ holidays: [], workdays: [], complete: false }, undefined],
  ])('%j: %s', (year, code) => {
    expect(yearRefusal(2027, year)?.def.code).toBe(code)
  })

  test('raises a doubt when a day of the notice is missing', () => {
    const { holidays, workdays } = yearOf(2026)
    const missing = { holidays: holidays.slice(1), workdays, complete: true }
    expect(yearDoubts(2026, missing)[0]).toContain('12天')
    expect(yearDoubts(2026, { ...missing, complete: false })).toEqual([])
    expect(yearDoubts(2023, yearOf(2023))).toEqual([])
  })

  test('tells what a change makes of its days', () => {
    const none = { holidays: [], workdays: [], complete: false }
    expect(changedDays(2027, none, days)).toEqual({ free: ['2027-01-01'], worked: ['2027-01-03'] })
    expect(changedDays(2027, days, none)).toEqual({ free: ['2027-01-03'], worked: ['2027-01-01'] })
    // 2027: 365 days with 52 Saturdays and Sundays each, 1 January a Friday.
    expect(workingDaysIn(2027, none)).toBe(261)
    expect(workingDaysIn(2026, yearOf(2026))).toBe(248)
  })
})
