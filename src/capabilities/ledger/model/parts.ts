import type { Ledger } from './definition.ts'

/** A clause that is served by some of a ledger's items: by those that name it in the ledger's `clauseField`. */
export interface ClausePart {
  /** What the part is called among mechanisms, behind `ledger:`. */
  readonly id: string
  readonly clause: string
  readonly title: string
}

/** Numbers of clauses as a plan writes them; an option that is none (其他) makes no part. */
const clauseNo = /^[A-Z][A-Z0-9]*-[A-Z]?\d+$/

/** What of a ledger says which clauses it serves. */
export type ServingLedger = Pick<Ledger, 'id' | 'title' | 'clauses' | 'clauseField' | 'fields'>

export function clauseParts({ id, title, clauseField, fields }: ServingLedger): ClausePart[] {
  const field = fields.find((one) => one.id === clauseField)
  if (field?.type !== 'choice') return []
  return Object.keys(field.options)
    .filter((option) => clauseNo.test(option))
    .map((clause) => ({ id: `${id}-${clause}`, clause, title: `${title}（${clause}）` }))
}

/** Every clause a ledger serves, as a whole or in part. */
export const allClauses = (ledger: ServingLedger): string[] => [
  ...new Set([...ledger.clauses, ...clauseParts(ledger).map(({ clause }) => clause)]),
]
