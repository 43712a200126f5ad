import type { Clause, Plan } from './plan.ts'
import { type Awaited, awaited } from './terms.ts'

/** What a mechanism is to a clause; the platform's `Mechanism` has it all. */
export interface Serving {
  readonly id: string
  readonly title: string
  readonly path: string
  /** Clauses that it names itself: a ledger, a duty, an entry of the matrix. */
  readonly clauses?: readonly string[]
  /** The test that runs it. */
  readonly test?: string
}

export interface CoveredClause {
  readonly clause: Clause
  readonly mechanisms: readonly Serving[]
  /** What it waits for; null once something serves it, whatever its file still says. */
  readonly later: Awaited | null
}

/** A clause is live when at least one mechanism serves it: named by its row, or naming it. */
export function coverageOf(plan: Plan, mechanisms: readonly Serving[]): CoveredClause[] {
  const byId = new Map(mechanisms.map((mechanism) => [mechanism.id, mechanism]))
  const naming = new Map<string, Serving[]>()
  for (const mechanism of mechanisms) {
    for (const id of mechanism.clauses ?? []) naming.set(id, [...(naming.get(id) ?? []), mechanism])
  }
  return plan.clauses.map((clause) => {
    const own = (clause.mechanisms ?? []).flatMap((id) => byId.get(id) ?? [])
    const all = [...new Set([...own, ...(naming.get(clause.id) ?? [])])]
    return { clause, mechanisms: all, later: all.length > 0 ? null : ((clause.later as Awaited) ?? null) }
  })
}

export interface CoverageCounts {
  readonly total: number
  readonly live: number
  readonly later: number
  /** Live and waiting rows by what is waited for. */
  readonly waitsFor: readonly { readonly id: Awaited; readonly title: string; readonly rows: number }[]
}

export function countCoverage(covered: readonly CoveredClause[]): CoverageCounts {
  const live = covered.filter(({ mechanisms }) => mechanisms.length > 0).length
  const waitsFor = (Object.keys(awaited) as Awaited[]).map((id) => ({
    id,
    title: awaited[id],
    rows: covered.filter(({ later }) => later === id).length,
  }))
  return {
    total: covered.length,
    live,
    later: covered.length - live,
    waitsFor: waitsFor.filter(({ rows }) => rows > 0).sort((a, b) => b.rows - a.rows),
  }
}
