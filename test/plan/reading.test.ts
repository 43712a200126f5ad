import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { type PlanReading, readPlan } from '#capabilities/planreading/model/index.ts'
import { firstReadings, type Gold, goldPlans } from './gold.ts'
import { figuresOf, outlineWords, type Score, scoreDates, scoreFrequencies, scoreWho } from './measure.ts'

const categories = { 期限: scoreDates, 频次: scoreFrequencies, 分工: scoreWho } as const
type Category = keyof typeof categories
/** What the project asks of documents nobody has seen. */
const least: Record<Category, number> = { 期限: 0.95, 频次: 0.95, 分工: 0.9 }

const plans = (await goldPlans()).map((gold) => {
  const reading = readPlan(gold.source)
  const scores = Object.entries(categories).map(([name, score]) => [name, score(gold, reading)] as const)
  return { gold, reading, scores: Object.fromEntries(scores) as Record<Category, Score> }
})
const late = plans.filter(({ gold }) => firstReadings[gold.name] !== undefined)
const early = plans.filter(({ gold }) => firstReadings[gold.name] === undefined)

function row(name: string, list: typeof plans): string {
  const cells = (Object.keys(categories) as Category[]).map((category) => {
    const { precision, recall, f1 } = figuresOf(list.map(({ scores }) => scores[category]))
    return `${category} P ${precision.toFixed(3)} R ${recall.toFixed(3)} F1 ${f1.toFixed(3)}`
  })
  return `${name.padEnd(10)} ${cells.join('  ')}`
}

afterAll(() => {
  const first = Object.entries(firstReadings).map(
    ([name, { dates, frequencies, who, outline }]) =>
      `${name.padEnd(10)} 首读 期限 F1 ${dates} 频次 F1 ${frequencies} 分工 F1 ${who} 结构 ${outline ? '准确' : '有误'}`,
  )
  const rows = plans.map((plan) => row(plan.gold.name, [plan]))
  rows.push(row('early', early), row('late', late), ...first)
  process.stdout.write(`${rows.join('\n')}\n`)
})

const outlineIs = (gold: Gold, reading: PlanReading) => {
  const { gold: expected, found } = outlineWords(gold, reading)
  expect(found).toMatchObject(JSON.parse(JSON.stringify(expected)))
}

it('has sibling plans to read, and some whose first reading was written down', () => {
  expect(early.length).toBeGreaterThanOrEqual(8)
  expect(late.map(({ gold }) => gold.name).sort()).toEqual(Object.keys(firstReadings).sort())
})

describe.each(plans)('$gold.name', ({ gold, reading, scores }) => {
  it('has its outline and stages exactly', () => outlineIs(gold, reading))

  it.each(Object.keys(categories) as Category[])('%s', (category) => {
    expect(figuresOf([scores[category]]).f1, JSON.stringify(scores[category])).toBeGreaterThanOrEqual(least[category])
  })

  it('is never sure of what is wrong', () => {
    expect([...scores.期限.sureAndWrong, ...scores.分工.sureAndWrong]).toEqual([])
  })

  it('has a gold that adds up', () => {
    const { perAction, counts, stages } = gold
    expect(stages).toHaveLength(counts.stages)
    if (perAction)
      expect([perAction.length, perAction.reduce((sum, one) => sum + one, 0)]).toEqual([
        counts.actions,
        counts.measures,
      ])
  })

  it('has nothing in its gold that the text does not say', () => {
    const text = gold.text.normalize('NFKC').replace(/\s/g, '')
    const said = [...gold.dates, ...gold.frequencies].map(({ words }) =>
      words.normalize('NFKC').replace(/\s/g, '').slice(0, 4),
    )
    expect(said.filter((words) => !text.includes(words))).toEqual([])
  })
})

it('reads the plan of 青阳县 as it was read by hand', () => {
  const reading = readPlan(readFileSync(new URL('./fixtures/qingyang.txt', import.meta.url), 'utf8'))
  expect(reading.counts).toEqual({
    actions: 8,
    measures: 31,
    stages: 4,
    safeguards: 6,
    leadBodies: 16,
    leadRelations: 34,
    deadlines: 25,
    frequencies: 8,
  })
  expect(new Set(reading.leads.map(({ matter }) => matter)).size).toBe(33)
  expect(reading.stages.map(({ from, to }) => `${from}..${to}`)).toEqual([
    '2024-01-01..2024-04-30',
    '2024-05-01..2025-12-31',
    '2026-01-01..2026-09-30',
    '2026-10-01..2026-12-31',
  ])
  expect(reading.structure.actions.map(({ measures }) => measures.length)).toEqual([4, 9, 4, 3, 3, 2, 4, 2])
  expect(reading.letter).toMatchObject({
    date: '2024-03-07',
    issuer: '青阳县安全生产委员会',
    copies: '市安委办，县委办、县政府办',
  })
})
