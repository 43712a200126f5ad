import { formatWan } from '#kernel/chinese/money.ts'
import type { QueryContext } from '#platform/module/module.ts'
import {
  allClauses,
  type ConfirmedZero,
  type Ledger,
  type LedgerOverview,
  type LedgerStatistics,
  stateOf,
  type ZeroView,
} from '../../model/index.ts'
import { getLedgerOf, type LedgerDeps } from '../deps.ts'
import { zerosAsOf } from '../store-words.ts'
import {
  type CountQuestion,
  countByBody,
  countByLedger,
  countByState,
  countByStock,
  type LedgerCount,
  sumFields,
  sumOf,
} from './count.ts'
import { stockDaysOf } from './list.ts'

/** The towns whose part of a ledger this person may see, in the order offices print them. */
export function townsOf({ directory }: LedgerDeps, context: QueryContext) {
  const boxes = context.boxes('ledger.read')
  return directory.index.reference.areas
    .filter(({ level, active, supervised }) => level === 'town' && active && supervised)
    .filter(({ code }) => boxes.some(({ area }) => code.startsWith(area) || area.startsWith(code)))
    .map(({ code, name }) => ({ area: code, name }))
}

const zeroView = ({ id, version, confirmedOn: on, by, statement }: ConfirmedZero): ZeroView => ({
  id,
  version,
  on,
  by,
  statement,
})

/** The confirmation that covers an area: of the area itself, or of one it lies in. */
const covering = (zeros: readonly ConfirmedZero[], ledger: string, area: string) =>
  zeros.find((zero) => zero.ledger === ledger && area.startsWith(zero.area))

/** The first day by which items of the ledger are due, where it is the same for all. */
const dayOfAll = ({ due }: Ledger) => due?.on ?? due?.otherwise ?? null

const earliest = (days: readonly (string | null)[]) => days.filter((day) => day !== null).sort()[0] ?? null

function askedBy(
  input: { asOf?: string | undefined; area?: string | undefined; body?: string | undefined },
  today: string,
): CountQuestion {
  return { asOf: input.asOf ?? today, area: input.area, body: input.body }
}

export async function overviewOf(
  deps: LedgerDeps,
  context: QueryContext,
  input: { asOf?: string | undefined; area?: string | undefined; body?: string | undefined },
): Promise<LedgerOverview> {
  const question = askedBy(input, context.today)
  const rows = await countByLedger(context, question)
  const zeros = await zerosAsOf(context.db, context.county, question.asOf)
  const areas = townsOf(deps, context)
  return {
    asOf: question.asOf,
    areas,
    ledgers: deps.ledgers.map((ledger) => {
      const own = rows.filter((row) => row.ledger === ledger.id)
      const byArea = areas.map(({ area }) => {
        const counts = sumOf(own.filter((row) => row.area === area))
        return { ...counts, area, zero: counts.due === 0 && covering(zeros, ledger.id, area) !== undefined }
      })
      return {
        ...sumOf(own),
        id: ledger.id,
        title: ledger.title,
        group: ledger.group,
        clauses: allClauses(ledger),
        population: ledger.population.words,
        bodyName: ledger.body ? deps.directory.bodyName(context.county, ledger.body) : null,
        dueOn: dayOfAll(ledger),
        nextDue: earliest(own.map((row) => row.next_due)),
        zeros: byArea.filter(({ zero }) => zero).length,
        areas: byArea,
      }
    }),
  }
}

export async function statisticsOf(
  deps: LedgerDeps,
  context: QueryContext,
  input: { ledger: string; asOf?: string | undefined; area?: string | undefined; body?: string | undefined },
): Promise<LedgerStatistics> {
  const ledger = getLedgerOf(deps, input.ledger)
  const { county } = context
  const question = { ...askedBy(input, context.today), ledgers: [ledger.id] }
  const rows = await countByLedger(context, question)
  const zeros = await zerosAsOf(context.db, county, question.asOf, [ledger.id])
  const stockOn = (await stockDaysOf(deps, context)).get(ledger.id)
  const parts = stockOn === undefined ? undefined : await countByStock(context, question, stockOn)
  const bodies = await countByBody(context, question)
  const states = await countByState(context, question)
  return {
    asOf: question.asOf,
    total: sumOf(rows),
    stock: parts?.stock ?? null,
    additions: parts?.additions ?? null,
    areas: areaRows(deps, context, ledger, rows, zeros),
    bodies: bodies.map(({ body, ...counts }) => ({ ...counts, body, name: deps.directory.bodyName(county, body) })),
    states: Object.keys(ledger.states).map((state) => ({
      state,
      label: stateOf(ledger, state).label,
      n: states.find((row) => row.state === state)?.n ?? 0,
    })),
    indicators: await indicatorsOf(context, ledger, question),
  }
}

function areaRows(
  deps: LedgerDeps,
  context: QueryContext,
  ledger: Ledger,
  rows: readonly LedgerCount[],
  zeros: readonly ConfirmedZero[],
): LedgerStatistics['areas'] {
  const towns = townsOf(deps, context)
  const elsewhere = rows.filter((row) => !towns.some(({ area }) => area === row.area))
  const more = elsewhere.map(({ area }) => ({ area, name: deps.directory.areaName(context.county, area) }))
  return [...towns, ...more].map(({ area, name }) => {
    const counts = sumOf(rows.filter((row) => row.area === area))
    const zero = covering(zeros, ledger.id, area)
    return { ...counts, area, name, zero: counts.due === 0 && zero ? zeroView(zero) : null }
  })
}

async function indicatorsOf(context: QueryContext, ledger: Ledger, question: CountQuestion) {
  const sums = await sumFields(
    context,
    question,
    ledger.indicators.map(({ sum }) => sum),
  )
  return ledger.indicators.map(({ id, title, sum, of, unit = '' }) => {
    const value = Math.round((sums.get(sum)?.[of] ?? 0) * 100) / 100
    const isMoney = ledger.fields.some((field) => field.id === sum && field.type === 'money')
    return { id, title, value, words: isMoney ? formatWan(value) : `${value}${unit}` }
  })
}
