import { indexReference, sectorsOf } from '#capabilities/directory/model/index.ts'
import { type HazardFilter, hazardStateIds, hazardStates, standingStates } from '#capabilities/hazard/model/index.ts'
import { boxesFor, type ScopeBox } from '#kernel/grants.ts'
import { compareDays, type Day, dayOf, monthOf } from '#kernel/time.ts'
import type { Reader } from '#platform/db/tables.ts'
import type { QueryContext } from '#platform/module/module.ts'
import { readTally, type TallyQuestion } from '#platform/tally/read.ts'
import {
  type HazardNumber,
  hazardNumbers,
  type MechanismNumber,
  mechanismKinds,
  mechanismNumbers,
  type ProgressReturn,
  type ReturnNumber,
} from '../model/index.ts'
import type { ProgressDeps } from './deps.ts'

/** A number with the list of exactly the records behind it; null where no single list shows them. */
export interface CountedNumber extends ReturnNumber {
  readonly list: string | null
}

/** What a body answers for: a town for its area, a department for the sectors it leads. */
interface Scope {
  readonly box: ScopeBox
  readonly filter: Pick<HazardFilter, 'area' | 'sector'> | undefined
}

function scopeOf({ directory, county }: ProgressDeps, { bodyId, area }: ProgressReturn): Scope {
  if (area !== county) return { box: { area }, filter: { area } }
  const sectors = sectorsOf(indexReference(directory.index.reference), bodyId)
  const [only, ...others] = sectors
  const filter = only !== undefined && others.length === 0 ? { sector: only } : undefined
  return { box: { area: county, sectors }, filter }
}

const valid = hazardStateIds.filter((id) => hazardStates[id].type !== 'void')

type Asked = Pick<TallyQuestion, 'metrics' | 'where' | 'monthFrom' | 'monthTo'>

/** What is asked of the statistics, and the filter of the list that holds the same hazards. */
function questions(from: Day, to: Day): Readonly<Record<HazardNumber, { asked: Asked; filter: HazardFilter }>> {
  const within = { monthFrom: monthOf(from), monthTo: monthOf(to) }
  const found = {
    asked: { metrics: ['hazard'], where: { state: valid }, ...within },
    filter: { foundFrom: from, foundTo: to, states: [...valid] },
  }
  const standing = {
    asked: { metrics: ['hazard'], where: { state: standingStates } },
    filter: { stateType: 'standing' as const },
  }
  const overdue = { asked: { metrics: ['overdue'] }, filter: { overdue: true as const } }
  const major = <T extends { asked: Asked; filter: HazardFilter }>({ asked, filter }: T) => ({
    asked: { ...asked, where: { ...asked.where, level: ['major'] } },
    filter: { ...filter, level: 'major' as const },
  })
  return {
    'hazard.found': found,
    'hazard.closed': {
      asked: { metrics: ['closed'], ...within },
      filter: { closedFrom: from, closedTo: to, stateType: 'closed' },
    },
    'hazard.standing': standing,
    'hazard.overdue': overdue,
    'hazard.majorFound': major(found),
    'hazard.majorStanding': major(standing),
    'hazard.majorOverdue': major(overdue),
    'hazard.listed': {
      asked: { metrics: ['listed'], where: { state: standingStates } },
      filter: { listed: true, stateType: 'standing' },
    },
  }
}

const listPath = (filter: HazardFilter) =>
  `/hazards?${Object.entries(filter)
    .map(([name, value]) => `${name}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`)
    .join('&')}`

async function hazardCounts(
  deps: ProgressDeps,
  reader: Reader,
  one: ProgressReturn,
  asOf: Day,
  today: Day,
): Promise<CountedNumber[]> {
  const { box, filter: scope } = scopeOf(deps, one)
  const past = asOf < today ? { asOf } : {}
  return Promise.all(
    Object.entries(questions(one.fromOn, one.toOn)).map(async ([id, { asked, filter }]) => {
      // A department that leads no sector answers for no hazard.
      const nothing = box.sectors?.length === 0
      const rows = nothing ? [] : await readTally(reader, deps.county, { ...asked, ...past, by: [], boxes: [box] })
      return {
        id,
        title: hazardNumbers[id as HazardNumber],
        value: rows.reduce((sum, { n }) => sum + Number(n), 0),
        list: scope ? listPath({ ...filter, ...scope, ...past }) : null,
      }
    }),
  )
}

/** The system looks at everything; what of it belongs to the body the question says. */
export function systemContext(deps: ProgressDeps, db: Reader, now: Date): QueryContext {
  const actor = deps.systemActor(deps.county)
  const { county, environment } = deps
  return {
    ...{ db, county, actor, now, today: dayOf(now), environment, demo: false },
    boxes: (permission) => boxesFor(actor, permission, {}),
    can: () => true,
    holds: () => true,
  }
}

/** Duties, ledgers, tasks: whatever counts for the body, summed by kind of mechanism. Kinds that are not there are left out. */
async function mechanismCounts(
  deps: ProgressDeps,
  context: QueryContext,
  { bodyId }: ProgressReturn,
  asOf: Day,
): Promise<CountedNumber[]> {
  const numbers: CountedNumber[] = []
  for (const source of deps.mechanisms()) {
    const title = mechanismKinds[source.kind]
    const ids = source.mechanisms().map(({ id }) => id)
    if (!title || ids.length === 0) continue
    const standings = await source.standings(context, { ids, asOf, body: bodyId })
    const sum = (pick: (one: (typeof standings)[number]) => number) =>
      standings.reduce((all, one) => all + pick(one), 0)
    if (sum(({ due }) => due) === 0) continue
    const values: Record<MechanismNumber, number> = {
      due: sum(({ due }) => due),
      met: sum(({ met, late }) => met + late),
      late: sum(({ late }) => late),
      missed: sum(({ missed }) => missed),
    }
    for (const [name, words] of Object.entries(mechanismNumbers)) {
      numbers.push({
        id: `${source.kind}.${name}`,
        title: `${title}${words}`,
        value: values[name as MechanismNumber],
        list: null,
      })
    }
  }
  return numbers
}

/** The numbers of a return as the records have them: as of the period's last day, or of today while it runs. */
export async function countNumbers(
  deps: ProgressDeps,
  reader: Reader,
  one: ProgressReturn,
  now: Date,
): Promise<CountedNumber[]> {
  const today = dayOf(now)
  const asOf = compareDays(one.toOn, today) < 0 ? one.toOn : today
  const context = systemContext(deps, reader, now)
  return [...(await hazardCounts(deps, reader, one, asOf, today)), ...(await mechanismCounts(deps, context, one, asOf))]
}
