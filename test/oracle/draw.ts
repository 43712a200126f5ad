import fc from 'fast-check'
import { type HazardFilter, hazardStateIds } from '#capabilities/hazard/model/index.ts'
import { dimensionIds, measureIds } from '#capabilities/statistics/model/index.ts'
import { county } from '#test/kit/hazard-acts.ts'
import { bodies, places, sectors, towns, type World } from './world.ts'

const level = fc.constantFrom('major', 'general')
const channel = fc.constantFrom('selfCheck', 'inspection', 'publicReport')
const month = fc.constantFrom('2023-03', '2023-12', '2025-12', '2026-01', '2026-02', '2026-03')
const flag = fc.boolean()

/** Some of the named values, few at a time: a filter with everything in it finds nothing, and proves nothing. */
function few<T extends object>(parts: { [K in keyof T]: fc.Arbitrary<T[K]> }, most: number): fc.Arbitrary<Partial<T>> {
  const keys = Object.keys(parts) as (keyof T & string)[]
  const one = fc.constantFrom(...keys).chain((key) => parts[key].map((value) => ({ [key]: value })))
  return fc.array(one, { maxLength: most }).map((list) => Object.assign({}, ...list) as Partial<T>)
}

const hazardParts = (world: World, day: fc.Arbitrary<string>) => ({
  area: fc.constantFrom(county, ...places),
  sector: fc.constantFrom<string>(...sectors),
  level,
  channel,
  states: fc.uniqueArray(fc.constantFrom(...hazardStateIds), { minLength: 1, maxLength: 4 }),
  stateType: fc.constantFrom('open', 'waiting', 'closed', 'void', 'standing'),
  unitId: fc.constantFrom(...world.units.map((unit) => unit.id)),
  bodyId: fc.constantFrom<string>(...bodies),
  overdue: flag,
  stopped: flag,
  listed: flag,
  listing: fc.constantFrom('county', 'city'),
  stock: flag,
  foundFrom: day,
  foundTo: day,
  foundMonth: month,
  closedMonth: month,
  closedFrom: day,
  closedTo: day,
  dueFrom: day,
  dueTo: day,
  reinspection: fc.constantFrom('drawn', 'passed', 'failed'),
  reopened: flag,
  everClosed: flag,
  closeKind: fc.constantFrom('approved', 'atOnce', 'general', 'ledger'),
  planIncomplete: flag,
  interimMissing: flag,
  extensionPending: flag,
  resumePending: flag,
  scopeOnly: flag,
  text: fc.constantFrom('安全距离', '台账所列', '养老服务中心', '民爆器材公司', '红星商场'),
})

const pastParts = (day: fc.Arbitrary<string>) => ({
  stock: flag,
  foundFrom: day,
  foundTo: day,
  foundMonth: month,
  level,
  stateType: fc.constantFrom('standing', 'closed'),
  overdue: flag,
})

const limits = (most: number) =>
  few({ area: fc.constantFrom(county, ...towns), sector: fc.constantFrom<string>(...sectors), level, channel }, most)

/** Everything that one look around asks for. */
export function anyQuestion(world: World) {
  const day = fc.constantFrom(...world.days)
  const asOf = fc.option(day, { nil: undefined })
  const filter = few(hazardParts(world, day), 2) as fc.Arbitrary<HazardFilter>
  const dimension = fc.constantFrom(...dimensionIds)
  const found = few(
    { area: fc.constantFrom(county, ...places), sector: fc.constantFrom<string>(...sectors), channel },
    2,
  )
  return fc.record({
    filters: fc.tuple(filter, filter, filter),
    /** The past, by what it knew then. */
    past: fc.tuple(few(pastParts(day), 2) as fc.Arbitrary<HazardFilter>, day),
    asOf,
    findings: fc.tuple(found, fc.record({ foundMonth: month }), asOf),
    units: few(
      {
        area: fc.constantFrom(county, ...places),
        sector: fc.constantFrom<string>(...sectors),
        highRisk: flag,
        text: fc.constantFrom('%', '_厂', '%_', '公司', '1号'),
      },
      2,
    ),
    table: fc.record({
      measure: fc.constantFrom(...measureIds),
      rows: dimension,
      columns: dimension,
      limits: limits(2),
      asOf,
      months: fc.option(fc.tuple(month, month), { nil: undefined }),
    }),
    overview: fc.record({ limits: limits(2), asOf }),
    flow: fc.record({ limits: limits(2), asOf, from: fc.constantFrom('2023-02', '2025-12', '2026-02') }),
    /** Which of many is looked at; taken modulo how many there are. */
    picks: fc.array(fc.nat(9999), { minLength: 8, maxLength: 8 }),
  })
}

export type Question = ReturnType<typeof anyQuestion> extends fc.Arbitrary<infer T> ? T : never

export function pick<T>(from: readonly T[], picks: readonly number[]): T[] {
  if (from.length === 0) return []
  return [...new Set(picks.map((n) => from[n % from.length] as T))]
}
