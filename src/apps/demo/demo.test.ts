import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compareDays, type Day, dayOf, startOfDay } from '#kernel/time.ts'
import { projectRoot } from '#platform/config/config.ts'
import { readPack } from '../packs/read.ts'
import { at } from './days.ts'
import { demoId } from './ids.ts'
import { drawPicture } from './papers.ts'
import { createRandom } from './random.ts'
import { planStories } from './story.ts'
import { trades } from './trades/index.ts'
import { planUnits } from './units.ts'

const pack = await readPack(join(projectRoot, 'packs', 'qingyang-2024-2026'))
const today: Day = '2026-11-24'
const plan = () => {
  const units = planUnits(pack, createRandom(1))
  return { units, stories: planStories(1, units, today, 800) }
}
const { units, stories } = plan()

describe('the demo county', () => {
  it('is the same every time', () => {
    expect(plan()).toEqual({ units, stories })
    expect(demoId('a', new Date(0))).toBe(demoId('a', new Date(0)))
    expect(demoId('a', new Date(0))).not.toBe(demoId('b', new Date(0)))
  })

  it('tells the last day on that day and before the instant it was made, also when that was just after midnight', () => {
    for (const minutes of [0.02, 1, 13, 39, 41, 500, 1000, 1439]) {
      const now = new Date(startOfDay(today).getTime() + minutes * 60_000)
      const steps = Array.from({ length: 39 }, (_, step) => at(today, step, now))
      expect(steps.every((step) => dayOf(step) === today && step <= now)).toBe(true)
    }
  })

  it('has some three hundred units in every supervised town, each with an id and a name of its own', () => {
    expect(units.length).toBeGreaterThan(280)
    expect(units.length).toBeLessThan(340)
    const supervised = pack.areas.filter((area) => area.supervised).map((area) => area.code)
    expect(new Set(units.map((unit) => unit.area))).toEqual(new Set(supervised))
    expect(new Set(units.map((unit) => unit.id)).size).toBe(units.length)
    expect(new Set(units.map((unit) => unit.name)).size).toBe(units.length)
    expect(new Set(trades.flatMap((trade) => trade.tags))).toEqual(new Set(['big', 'small', 'novel', 'oldArea']))
  })

  it('finds nothing at a unit before it was registered, and only what its trade can have', () => {
    const early = stories.filter(({ foundOn, unit }) => compareDays(foundOn, unit.since) <= 0)
    expect(early).toEqual([])
    const strange = stories.filter(
      ({ finding, unit }) => ![...unit.trade.major, ...unit.trade.general].includes(finding),
    )
    expect(strange).toEqual([])
    const later = stories.filter(({ foundOn }) => compareDays(foundOn, today) > 0)
    expect(later).toEqual([])
  })

  it('cites only criteria of the library, and of a standard that holds for the sector', () => {
    const standardOf = new Map(pack.standards.flatMap((standard) => standard.items.map((item) => [item.id, standard])))
    const wrong = trades.flatMap((trade) =>
      trade.major.flatMap(({ criteria, sector = trade.sector }) =>
        criteria.filter((id) => {
          const standard = standardOf.get(id)
          return !standard || (!standard.crossCutting && !standard.sectors.includes(sector))
        }),
      ),
    )
    expect(wrong).toEqual([])
    const sectors = new Set(pack.sectors.map(({ id }) => id))
    const unknown = trades.flatMap((trade) => [trade.sector, ...trade.also].filter((id) => !sectors.has(id)))
    expect(unknown).toEqual([])
  })

  it('shows every turn a hazard may take', () => {
    const endings = new Set(stories.map(({ ending }) => ending))
    for (const ending of ['reported', 'rectifying', 'awaitingReview', 'transferred', 'voided', 'rejected'] as const)
      expect(endings).toContain(ending)
    expect(new Set(stories.map(({ listed }) => listed))).toEqual(new Set(['none', 'county', 'city']))
    expect(new Set(stories.map(({ echo }) => echo))).toEqual(new Set(['none', 'report', 'merge']))
    const majors = stories.filter(({ level }) => level === 'major')
    for (const turn of ['stopped', 'extended', 'reopened', 'returned'] as const)
      expect(majors.some((story) => story[turn])).toBe(true)
    const led = new Set(pack.matrix.filter(({ role }) => role !== 'participant').map(({ sector }) => sector))
    expect(stories.some(({ sector }) => !led.has(sector))).toBe(true)
    for (const listing of ['proposed', 'approved', 'ordered', 'publicised'] as const)
      expect(majors.some((story) => story.listed === 'county' && story.listing === listing)).toBe(true)
    for (const year of [2024, 2025, 2026]) {
      const listed = majors.filter(({ yearly }) => yearly === year)
      expect(listed.length).toBeGreaterThan(0)
      expect(listed.every(({ sector, listed: alone }) => sector === 'fire' && alone === 'none')).toBe(true)
    }
    const stock = majors.filter(({ foundOn }) => foundOn < '2024-01-01')
    const left = stock.filter(({ ending }) => ending === 'rectifying')
    expect(left.length).toBeGreaterThan(0)
    expect(left.length / stock.length).toBeLessThan(0.15)
  })

  it('draws one place twice: rough before, tidy after', async () => {
    const [before, after, other] = await Promise.all([
      drawPicture(5, false),
      drawPicture(5, true),
      drawPicture(6, true),
    ])
    expect(before.subarray(0, 2).toString('hex')).toBe('ffd8')
    expect(before.equals(after)).toBe(false)
    expect(after.equals(other)).toBe(false)
  })
})
