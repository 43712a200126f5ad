import { isWithin } from '#kernel/area.ts'
import { type Day, yearOf } from '#kernel/time.ts'
import type { MechanismSource, QueryContext, Standing, StandingQuestion } from '#platform/module/module.ts'
import { hazardMechanisms, inSector, overdueInSector, statisticsMechanisms } from './mechanisms.ts'
import { type Cell, earlierDay, HazardCounts, type Narrowed, validStates } from './store-hazards.ts'

export interface StandingDeps {
  readonly areas: () => readonly { readonly code: string; readonly name: string; readonly supervised: boolean }[]
  readonly sectors: () => readonly { readonly id: string; readonly name: string }[]
  /** The part of the hazards a body answers for; undefined when it answers for none. */
  readonly sideOf: (bodyId: string) => Omit<Narrowed, 'asOf'> | undefined
  /** The day of the clause that names a mechanism, for those whose items have no days of their own. */
  readonly dueOf: (mechanismId: string) => Day | null
}

type Told = Omit<Standing, 'id' | 'list'> & {
  readonly search: Readonly<Record<string, string>>
  readonly page?: string
}

const nothing = { due: 0, met: 0, late: 0, open: 0, missed: 0, nextDue: null, metOn: null, zeroConfirmed: false }

/**
 * Hazards fall due on every day of the year; the next of them is no news of the clause, which would stand as due soon for
 * ever. So these standings name no next day.
 */
function closing(counts: HazardCounts, wanted: (cell: Cell) => boolean): Omit<Told, 'search'> {
  const { valid, standing, overdue, late } = counts.sums(wanted)
  const closed = valid - standing
  return { ...nothing, due: valid, met: closed - late, late, open: standing - overdue, missed: overdue }
}

/** What ever passed its time: put right late, or still standing. */
function passed(counts: HazardCounts, wanted: (cell: Cell) => boolean): Omit<Told, 'search'> {
  const { valid, overdue, late } = counts.sums(wanted)
  return { ...nothing, due: overdue + late, late, missed: overdue, zeroConfirmed: valid > 0 && overdue + late === 0 }
}

/** One item an area: fulfilled, or open until the day of the clause and missed after it. */
function perArea(met: readonly boolean[], passedDue: boolean, late: readonly boolean[] = []): Omit<Told, 'search'> {
  const count = (list: readonly boolean[]) => list.filter(Boolean).length
  const left = met.length - count(met) - count(late)
  return {
    ...nothing,
    due: met.length,
    met: count(met),
    late: count(late),
    open: passedDue ? 0 : left,
    missed: passedDue ? left : 0,
  }
}

const major = (cell: Cell) => cell.level === 'major'
/** What was found and not taken out again, as the address of the list of hazards says it. */
const found = { states: JSON.stringify(validStates) }
const majors = { level: 'major' }
const foundMajors = { ...majors, ...found }

interface Asked {
  readonly counts: HazardCounts
  readonly deps: StandingDeps
  readonly areas: readonly string[]
  readonly asOf: Day
  readonly due: Day | null
}

/** Stock closed by the clause's day is in time; of those closed since, none can be. */
async function stock({ counts, asOf, due }: Asked): Promise<Told> {
  const now = await counts.stock(asOf)
  const then = due !== null && due < asOf ? await counts.stock(due) : now
  const closed = now.valid - now.standing
  const met = Math.min(closed, then.valid - then.standing)
  const left = due !== null && asOf > due ? 'missed' : 'open'
  const numbers = { ...nothing, due: now.valid, met, late: closed - met, [left]: now.standing }
  return {
    ...numbers,
    nextDue: left === 'open' && now.standing > 0 ? due : null,
    search: { ...foundMajors, stock: 'true' },
  }
}

/** 有效压减增量: an area found no more in the clause's year than in the year before, or at last in the twelve months since. */
async function growth({ counts, areas, asOf, due }: Asked): Promise<Told> {
  const page = '/statistics'
  const search = { measure: 'found', rows: 'area', columns: 'month' }
  if (due === null) return { ...nothing, search, page }
  const found = await counts.foundByMonth()
  const inYear = (area: string, year: number) => found(area, `${year}-01`, `${year}-12`)
  const year = yearOf(due)
  const over = asOf > due
  const met = areas.map((area) => over && inYear(area, year) <= inYear(area, year - 1))
  const month = asOf.slice(0, 7)
  const since = `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`
  const late = areas.map((area, at) => {
    return over && yearOf(asOf) > year && !met[at] && found(area, since, month) <= inYear(area, year - 1)
  })
  return { ...perArea(met, over, late), search, page }
}

function zero({ counts, areas, asOf, due }: Asked): Told {
  const met = areas.map((area) => counts.sums((cell) => major(cell) && isWithin(cell.area, area)).overdue === 0)
  return { ...perArea(met, due !== null && asOf > due), search: { ...majors, overdue: 'true' } }
}

async function database({ counts, areas }: Asked): Promise<Told> {
  const begun = await counts.firstMonths()
  const days = areas.map((area) => begun.get(area))
  const told = perArea(
    days.map((day) => day !== undefined),
    false,
  )
  const last = days.some((day) => day === undefined) ? null : (days.toSorted().at(-1) ?? null)
  return { ...told, metOn: last, search: {} }
}

async function table({ counts }: Asked): Promise<Told> {
  const first = [...(await counts.firstMonths()).values()].sort()[0] ?? null
  const page = '/statistics'
  if (first === null) return { ...nothing, search: {}, page }
  return { ...nothing, due: 1, met: 1, metOn: first, search: {}, page }
}

async function reopened({ counts }: Asked): Promise<Told> {
  const { everClosed, reopened: again } = await counts.closings()
  const search = { everClosed: 'true', ...majors }
  return { ...nothing, due: everClosed, met: everClosed - again, open: again, search }
}

async function plans({ counts }: Asked): Promise<Told | undefined> {
  const found = await counts.plans()
  if (!found) return undefined
  const search = { ...majors, stateType: 'standing' }
  return { ...nothing, due: found.standing, met: found.complete, open: found.standing - found.complete, search }
}

async function channels({ counts }: Asked): Promise<Told> {
  const there = await counts.byChannel()
  const met = [...there.keys()].length
  return { ...nothing, due: 3, met, open: 3 - met, search: {} }
}

async function channel({ counts }: Asked, id: string): Promise<Told> {
  const sums = (await counts.byChannel()).get(id) ?? { valid: 0, standing: 0, overdue: 0 }
  const late = counts.late.filter((cell) => major(cell) && cell.channel === id)
  const n = late.reduce((sum, cell) => sum + cell.n, 0)
  const closed = sums.valid - sums.standing
  const numbers = {
    due: sums.valid,
    met: closed - n,
    late: n,
    open: sums.standing - sums.overdue,
    missed: sums.overdue,
  }
  return { ...nothing, ...numbers, search: { ...foundMajors, channel: id } }
}

async function tell(name: string, asked: Asked): Promise<Told | undefined> {
  const { counts } = asked
  const sector = (prefix: string) => (cell: Cell) => major(cell) && cell.sector === name.slice(prefix.length)
  switch (name) {
    case 'stock':
      return stock(asked)
    case 'growth':
      return growth(asked)
    case 'zero':
      return zero(asked)
    case 'plans':
      return plans(asked)
    case 'closure':
      return { ...closing(counts, major), search: foundMajors }
    case 'closureAll':
      return { ...closing(counts, () => true), search: found }
    case 'overdue':
      return { ...passed(counts, major), search: { ...majors, overdue: 'true' } }
    case 'database':
      return database(asked)
    case 'channels':
      return channels(asked)
    case 'table':
      return table(asked)
    case 'reopened':
      return reopened(asked)
    case 'selfCheck':
    case 'inspection':
    case 'publicReport':
      return channel(asked, name)
  }
  if (name.startsWith(inSector)) {
    return { ...closing(counts, sector(inSector)), search: { ...foundMajors, sector: name.slice(inSector.length) } }
  }
  if (name.startsWith(overdueInSector)) {
    const search = { ...majors, sector: name.slice(overdueInSector.length), overdue: 'true' }
    return { ...passed(counts, sector(overdueInSector)), search }
  }
  throw new Error(`no mechanism ${name}`)
}

async function standings(
  deps: StandingDeps,
  known: ReadonlySet<string>,
  context: QueryContext,
  question: StandingQuestion,
): Promise<Standing[]> {
  const side = question.body ? deps.sideOf(question.body) : {}
  if (!side) return []
  const asOf = earlierDay(question.asOf, context.today)
  const areas = [...(side.areas ?? []), ...(question.area ? [[question.area]] : [])]
  const counts = await HazardCounts.of(context, { asOf, areas, ...(side.sectors ? { sectors: side.sectors } : {}) })
  const mine = deps
    .areas()
    .filter(
      ({ code, supervised }) => supervised && areas.every((list) => list.some((prefix) => isWithin(code, prefix))),
    )
    .map(({ code }) => code)
    .filter((code) => counts.reaches(code))
  const out: Standing[] = []
  for (const id of question.ids) {
    if (!known.has(id)) continue
    const told = await tell(id.slice(id.indexOf(':') + 1), { counts, deps, areas: mine, asOf, due: deps.dueOf(id) })
    if (!told) continue
    const { search, page = '/hazards', ...numbers } = told
    const query = new URLSearchParams(search)
    if (question.area) query.set('area', question.area)
    if (asOf < context.today) query.set('asOf', asOf)
    if (page === '/hazards') query.set('scopeOnly', 'true')
    out.push({ id, ...numbers, list: `${page}${query.size > 0 ? `?${query}` : ''}` })
  }
  return out
}

/** The hazard loop and the statistics as mechanisms of the plan. */
export function standingSources(deps: StandingDeps): MechanismSource[] {
  return [
    { kind: 'hazard', mechanisms: () => hazardMechanisms(deps.sectors()) },
    { kind: 'statistics', mechanisms: () => statisticsMechanisms },
  ].map((source) => ({
    ...source,
    standings: (context, question) =>
      standings(deps, new Set(source.mechanisms().map(({ id }) => id)), context, question),
  }))
}
