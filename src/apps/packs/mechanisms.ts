import { criteriaMechanisms } from '#capabilities/criteria/server/mechanisms.ts'
import type { PackMatrixEntry, PackSector } from '#capabilities/directory/model/pack.ts'
import { matrixMechanisms } from '#capabilities/directory/server/mechanisms.ts'
import { clauseParts, type ServingLedger } from '#capabilities/ledger/model/index.ts'
import { listingMechanisms } from '#capabilities/listing/server/mechanisms.ts'
import { hazardMechanisms, statisticsMechanisms } from '#capabilities/statistics/server/mechanisms.ts'
import type { Mechanism } from '#platform/module/module.ts'

/** An entry of a pack that says itself which clauses it serves. */
interface Serving {
  readonly id: string
  readonly title: string
  readonly clauses: readonly string[]
}

/** A ledger may serve a clause by some of its items alone. */
const ledgersAndParts = (ledgers: readonly ServingLedger[]) =>
  ledgers.flatMap((ledger) => [
    { id: ledger.id, title: ledger.title, clauses: ledger.clauses, page: ledger.id },
    ...clauseParts(ledger).map(({ id, title, clause }) => ({ id, title, clauses: [clause], page: ledger.id })),
  ])

/** The parts of a pack that bring mechanisms along; what a pack does not have brings none. */
export interface Bringing {
  readonly sectors: readonly PackSector[]
  readonly matrix: readonly PackMatrixEntry[]
  readonly ledgers?: readonly ServingLedger[]
  readonly duties?: { readonly rules: readonly Serving[] }
  readonly tasks?: { readonly [part in 'tasks' | 'meetings' | 'chains']: readonly Serving[] }
  readonly returns?: Serving | undefined
}

/** What an entry is called among mechanisms, where it is used, and the test that runs its kind. */
const served = <S extends Serving>(
  entries: readonly S[],
  kind: string,
  pathOf: (entry: S) => string,
  test: string,
): Mechanism[] =>
  entries.map((entry) => {
    const { id, title, clauses } = entry
    return { id: `${kind}:${id}`, title, path: pathOf(entry), clauses, test }
  })

/**
 * Every mechanism there is under a pack, known without a database: what the clauses of the pack may name, and what names
 * clauses itself. A capability that brings a source to its module adds a line here; a test compares the two.
 */
export function mechanismsOf(pack: Bringing): Mechanism[] {
  const { ledgers = [], duties, tasks, returns } = pack
  return [
    ...hazardMechanisms(pack.sectors),
    ...statisticsMechanisms,
    ...criteriaMechanisms,
    ...matrixMechanisms(pack),
    ...listingMechanisms,
    ...served(ledgersAndParts(ledgers), 'ledger', ({ page }) => `/ledgers/${page}`, 'test/ledger/ledger.int.test.ts'),
    ...served(duties?.rules ?? [], 'duty', ({ id }) => `/duties/items?rule=${id}`, 'test/duty/duties.int.test.ts'),
    ...served(tasks?.tasks ?? [], 'task', ({ id }) => `/tasks?key=${id}`, 'test/task/task.int.test.ts'),
    ...served(tasks?.meetings ?? [], 'task', () => '/meetings', 'test/task/task.int.test.ts'),
    ...served(tasks?.chains ?? [], 'task', () => '/chains', 'test/task/task.int.test.ts'),
    ...served(returns ? [returns] : [], 'progress', () => '/progress', 'test/progress/progress.int.test.ts'),
  ]
}
