import type { MechanismSource, QueryContext, Standing, StandingQuestion } from '#platform/module/module.ts'
import { type ConfirmedZero, clauseParts, type Ledger } from '../../model/index.ts'
import type { LedgerDeps } from '../deps.ts'
import { zerosAsOf } from '../store-words.ts'
import { countByClause, countByLedger, type LedgerCount, sumOf } from './count.ts'

const kind = 'ledger'
const prefix = `${kind}:`

/** Ledgers as mechanisms that clauses are bound to: `ledger:<id>`, and `ledger:<id>-<clause>` for the items that name one. */
export function ledgerMechanisms(deps: LedgerDeps): MechanismSource {
  return {
    kind,
    mechanisms: () =>
      deps.ledgers.flatMap((ledger) =>
        [ledger, ...clauseParts(ledger)].map(({ id, title }) => ({
          ...{ id: `${prefix}${id}`, title, path: `/ledgers/${ledger.id}` },
        })),
      ),
    standings: (context, question) => standingsOf(deps, context, question),
  }
}

const latest = (days: readonly (string | null)[]) =>
  days
    .filter((day) => day !== null)
    .sort()
    .at(-1) ?? null
const first = (days: readonly (string | null)[]) => days.filter((day) => day !== null).sort()[0] ?? null

/** Numbers of a ledger, or of the part of it that serves one clause. */
function standingOf(id: string, list: string, rows: readonly LedgerCount[], zeroConfirmed: boolean): Standing {
  const counts = sumOf(rows)
  return {
    id: `${prefix}${id}`,
    ...counts,
    nextDue: first(rows.map((row) => row.next_due)),
    metOn: counts.due > 0 && counts.open + counts.missed === 0 ? latest(rows.map((row) => row.last_done)) : null,
    zeroConfirmed,
    list,
  }
}

async function standingsOf(deps: LedgerDeps, context: QueryContext, question: StandingQuestion): Promise<Standing[]> {
  const { asOf, area, body } = question
  const asked = (id: string) => question.ids.includes(`${prefix}${id}`)
  const wanted = deps.ledgers.filter((ledger) => [ledger, ...clauseParts(ledger)].some(({ id }) => asked(id)))
  if (wanted.length === 0) return []
  const ids = wanted.map(({ id }) => id)
  const rows = await countByLedger(context, { asOf, area, body, ledgers: ids })
  const zeros = await zerosAsOf(context.db, context.county, asOf, ids)
  const standings: Standing[] = []
  for (const ledger of wanted) {
    const own = rows.filter((row) => row.ledger === ledger.id)
    const none = sumOf(own).due === 0 && confirmed(deps, ledger, zeros, area)
    const list = (more: object = {}) =>
      listOf(ledger, { ...(area ? { area } : {}), ...(body ? { body } : {}), ...more })
    if (asked(ledger.id)) standings.push(standingOf(ledger.id, list(), own, none))
    const parts = clauseParts(ledger).filter(({ id }) => asked(id))
    const { clauseField } = ledger
    if (parts.length === 0 || clauseField === undefined) continue
    const named = await countByClause(context, { asOf, area, body, ledgers: [ledger.id] }, clauseField)
    for (const { id, clause } of parts) {
      const of = named.filter((row) => row.clause === clause)
      standings.push(standingOf(id, list({ [`x_${clauseField}`]: JSON.stringify([clause]) }), of, none))
    }
  }
  return standings
}

/** Whether somebody answers for it that there is nothing to list, everywhere that is asked about. */
function confirmed(deps: LedgerDeps, { id }: Ledger, zeros: readonly ConfirmedZero[], area: string | undefined) {
  const towns = deps.directory.index.reference.areas.filter(
    ({ level, active, supervised }) => level === 'town' && active && supervised,
  )
  const said = zeros.filter(({ ledger }) => ledger === id)
  const asked = area === undefined ? towns.map(({ code }) => code) : [area]
  return asked.every((code) => said.some((one) => code.startsWith(one.area)))
}

function listOf({ id }: Ledger, filter: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(filter).toString()
  return `/ledgers/${id}${search ? `?${search}` : ''}`
}
