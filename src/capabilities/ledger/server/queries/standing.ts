import type { MechanismSource, QueryContext, Standing, StandingQuestion } from '#platform/module/module.ts'
import type { LedgerDeps } from '../deps.ts'
import { zerosAsOf } from '../store-words.ts'
import { countByLedger, sumOf } from './count.ts'

const kind = 'ledger'
const prefix = `${kind}:`

/** Ledgers as mechanisms that clauses are bound to: `ledger:<id>`. */
export function ledgerMechanisms(deps: LedgerDeps): MechanismSource {
  return {
    kind,
    mechanisms: () => deps.ledgers.map(({ id, title }) => ({ id: `${prefix}${id}`, title, path: `/ledgers/${id}` })),
    standings: (context, question) => standingsOf(deps, context, question),
  }
}

const latest = (days: readonly (string | null)[]) =>
  days
    .filter((day) => day !== null)
    .sort()
    .at(-1) ?? null
const first = (days: readonly (string | null)[]) => days.filter((day) => day !== null).sort()[0] ?? null

async function standingsOf(deps: LedgerDeps, context: QueryContext, question: StandingQuestion): Promise<Standing[]> {
  const { asOf, area, body } = question
  const wanted = deps.ledgers.filter(({ id }) => question.ids.includes(`${prefix}${id}`)).map(({ id }) => id)
  if (wanted.length === 0) return []
  const rows = await countByLedger(context, { asOf, area, body, ledgers: wanted })
  const zeros = await zerosAsOf(context.db, context.county, asOf, wanted)
  const towns = deps.directory.index.reference.areas.filter(
    ({ level, active, supervised }) => level === 'town' && active && supervised,
  )
  return wanted.map((ledger) => {
    const own = rows.filter((row) => row.ledger === ledger)
    const counts = sumOf(own)
    const said = zeros.filter((zero) => zero.ledger === ledger)
    const asked = area === undefined ? towns.map(({ code }) => code) : [area]
    const zero = counts.due === 0 && asked.every((code) => said.some((one) => code.startsWith(one.area)))
    const search = new URLSearchParams({ ...(area ? { area } : {}), ...(body ? { body } : {}) }).toString()
    return {
      id: `${prefix}${ledger}`,
      ...counts,
      nextDue: first(own.map((row) => row.next_due)),
      metOn: counts.due > 0 && counts.open + counts.missed === 0 ? latest(own.map((row) => row.last_done)) : null,
      zeroConfirmed: zero,
      list: `/ledgers/${ledger}${search ? `?${search}` : ''}`,
    }
  })
}
