import { describe, expect, it } from 'vitest'
import { hanNumber } from '#kernel/document/characters.ts'
import { inlinePoints, markerOf } from '#kernel/document/markers.ts'
import { assignmentsIn } from './assignments.ts'
import { type DateFrame, datesIn } from './dates.ts'
import { quotasIn } from './quotas.ts'

const frame: DateFrame = { years: [2024, 2026], window: null, letterDate: '2024-03-15', soon: false }
const dates = (text: string, own: DateFrame = frame) =>
  datesIn(text, own).map(({ from, to, rule, sure }) => `${rule ?? `${from ?? ''}..${to ?? ''}`} ${sure}`)

describe('dates', () => {
  it.each([
    ['于2024年4月15日前报送', ['..2024-04-15 said']],
    ['2025年6月末前完成', ['..2025-06-30 said']],
    ['截止到2025年底，全部完成', ['..2025-12-31 said']],
    ['到2026年6月，完成率达到90%', ['..2026-06-30 said']],
    ['2025年第一季度完成', ['2025-01-01..2025-03-31 said']],
    ['（2024年3月下旬至2024年5月上旬）', ['2024-03-21..2024-05-10 said']],
    ['2024年6月、9月底前', ['..2024-06-30 said', '..2024-09-30 inferred']],
    ['2024、2025年底前分别完成', ['..2024-12-31 said', '..2025-12-31 said']],
    ['二〇二五年六月底前完成', ['..2025-06-30 said']],
    ['2024.6.30前完成', ['..2024-06-30 said']],
    ['自2024年6月1日起施行', ['2024-06-01.. said']],
    ['2024年1—12月', ['2024-01-01..2024-12-31 said']],
    ['2024年“五一”节前', ['.. open']],
    ['2025年秋季学期前', ['.. open']],
    ['自2024年3月启动', ['2024-03-01.. said']],
    ['2024年3月启动', ['2024-03-01..2024-03-31 said']],
    ['两年内关闭5座', ['..2025-12-31 inferred']],
    ['三年内', ['..2026-12-31 inferred']],
    ['印发后15日内报送', ['..2024-03-30 inferred']],
  ])('%s', (text, found) => expect(dates(text)).toEqual(found))

  it.each([
    ['每月25日前', ['month:25 said']],
    ['次月5日前', ['month:next:5 said']],
    ['每季度末月20日前', ['quarter:3-20 said']],
    ['每季度次月5日前', ['quarter:next:1-05 said']],
    ['每季度结束后5个工作日内', ['quarter:+5w said']],
    // The month is not said, so no day is.
    ['每季度25日前', ['quarter:25 open']],
    ['季度末月25日前', ['quarter:3-25 said']],
    ['每半年度末月25日前', ['halfYear:6-25 said']],
    ['每季度结束前5日内', ['quarter:-5 said']],
    ['每月1日、15日报送', ['month:1 said', 'month:15 said']],
    ['每半年（6月20日、12月20日前）报送', ['year:06-20 said', 'year:12-20 said']],
    ['每年1月、7月10日前', ['year:01-10 said', 'year:07-10 said']],
    ['每年10月1日至次年4月30日', ['year:10-01..next:04-30 said']],
    ['每年2月底前', ['year:02-end said']],
  ])('what comes again: %s', (text, found) => expect(dates(text)).toEqual(found))

  it.each([
    '《方案（2024—2026年）》',
    '安委〔2024〕2号',
    '较2023年下降',
    '2023年及以前',
    '24小时',
    '近三年',
    '2019年修订',
  ])('no date of the plan: %s', (text) => expect(dates(text)).toEqual([]))

  it('leaves the year open unless something tells it', () => {
    expect(dates('11月底前完成')).toEqual(['.. open'])
    expect(dates('11月底前完成', { ...frame, years: [2024, 2024] })).toEqual(['..2024-11-30 inferred'])
    const stage = { from: '2025-05-01', to: '2025-12-31' }
    expect(dates('11月底前完成', { ...frame, window: stage })).toEqual(['..2025-11-30 inferred'])
    expect(dates('6月底前报方案', { ...frame, soon: true })).toEqual(['..2024-06-30 inferred'])
    // Within a stage of two years both would fit.
    expect(dates('11月底前', { ...frame, window: { from: '2024-05-01', to: '2025-12-31' } })).toEqual(['.. open'])
  })

  it('says of a day the calendar lacks that it is open', () => expect(dates('2025年2月30日前')).toEqual(['.. open']))
})

describe('frequencies', () => {
  const quotas = (text: string) =>
    quotasIn(text).map(({ period, every, least, unit, only }) =>
      [every > 1 ? `${every}×${period}` : period, least, unit, only].filter((one) => one !== null).join(' '),
    )
  it.each([
    ['每季度对每个乡镇（开发区）开展不少于2个工作日的督导', ['quarter 2 个工作日']],
    ['每两个月召开一次', ['2×month 1 次']],
    ['主要负责人每季度、高危行业领域每月至少带队检查1次', ['quarter 1 次', 'month 1 次 高危行业领域']],
    ['每季度（高危企业每月）至少检查1次', ['quarter 1 次', 'month 1 次 高危企业']],
    ['每年组织1-2次演练', ['year 1 次']],
    ['实行“月调度、季通报、年考核”', ['month', 'quarter', 'year']],
    ['一季度一督查', ['quarter 1 次']],
    ['不少于2次/年', ['year 2 次']],
    ['全年不少于4次', ['year 4 次']],
    ['班组日排查、车间周排查、厂级月排查', ['day', 'week', 'month']],
    ['每年完成50公里公路安防工程', ['year 50 公里']],
    ['每年对不少于30%的企业开展抽查', ['year 30 %']],
    // What is behind 每个 is another amount.
    ['每年建设1个示范村，每个示范村不少于2名安全员', ['year 1 个']],
    ['对发生事故的企业，一年内每月检查不少于1次', ['month 1 次']],
    ['定期召开，常态化开展', []],
    ['每个社区配备2名', []],
  ])('%s', (text, found) => expect(quotas(text)).toEqual(found))
})

describe('who does what', () => {
  const who = (text: string) =>
    assignmentsIn(text, []).map(({ role, body, matter, sure }) =>
      [role, body, matter, sure === 'said' ? null : sure].filter(Boolean).join(' '),
    )
  it.each([
    ['整治。（县应急局牵头，县公安局等部门配合）', ['lead 县应急局', 'assisting 县公安局']],
    ['整治。（县应急局、县住建局按职责分工负责）', ['responsible 县应急局', 'responsible 县住建局']],
    ['整治。【牵头单位：县应急局；配合单位：各乡镇（街道）】', ['lead 县应急局', 'assisting 各乡镇（街道）']],
    ['由县住建局牵头，会同县公安局，开展排查', ['lead 县住建局', 'assisting 县公安局']],
    ['由县数据局牵头、县应急局配合，建成平台', ['lead 县数据局', 'assisting 县应急局']],
    ['（牵头股室：装备股；配合股室：基教股）', ['lead 装备股', 'assisting 基教股']],
    ['牵头单位：县工信局责任单位：各街道完成时限：长期', ['lead 县工信局', 'responsible 各街道']],
    ['县发改委牵头负责电力、铁路运营安全', ['lead 县发改委 电力', 'lead 县发改委 铁路运营']],
    ['整治。（县应急局、各乡镇）', ['responsible 县应急局 inferred', 'responsible 各乡镇 inferred']],
    ['常态化推进燃气行业管理部门牵头的排查', []],
    ['主要负责人负责组织实施', []],
  ])('%s', (text, found) => expect(who(text)).toEqual(found))
})

it('reads numbers of the outline, and none within a text', () => {
  expect(
    [
      '一、',
      '（十二）',
      '3.责任',
      '（1）',
      '①',
      '第三条',
      '第一章',
      '第一阶段：部署',
      '行动二：履职',
      '2.3 培训',
      '3.1.2部署',
      '1.2024年底前',
    ].map((text) => markerOf(text)?.number),
  ).toEqual([1, 12, 3, 1, 1, 3, 1, 1, 2, 3, 2, 1])
  expect(['3.5米', '2024年', '12米以上', '第一责任人'].map(markerOf)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(inlinePoints('一是抓排查；二是抓整改；三是抓验收。').map(({ number }) => number)).toEqual([1, 2, 3])
  expect(['十', '二十一', '一百零三', '两', '7'].map(hanNumber)).toEqual([10, 21, 103, 2, 7])
})
