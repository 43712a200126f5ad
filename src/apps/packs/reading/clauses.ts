import type { Path } from './file.ts'
import type { Placed, Read } from './folder.ts'

/** Something that says which clauses it serves or comes from. */
export interface Citing {
  readonly cited: readonly { readonly path: Path; readonly clause: string }[]
  at(path: Path, words: string): string
}

export const citingList = ({ entry, at }: Placed<{ readonly clauses: readonly string[] }>): Citing => ({
  cited: entry.clauses.map((clause, nth) => ({ path: ['clauses', nth], clause })),
  at,
})

export const citingOne = ({ entry, at }: Placed<{ readonly clause: string }>): Citing => ({
  cited: [{ path: ['clause'], clause: entry.clause }],
  at,
})

/** A whole file, or a part of one, that names its clauses. */
export const citingFile = ({ file }: Read<unknown>, path: Path, clauses: readonly string[]): Citing => ({
  cited: clauses.map((clause, nth) => ({ path: [...path, nth], clause })),
  at: (of, words) => file.at(of, words),
})

/** A clause that is not in the plan is a slip: what names it would serve nothing, and the clause that was meant would wait. */
export function clauseProblems(citing: readonly Citing[], known: ReadonlySet<string>): string[] {
  return citing.flatMap(({ cited, at }) =>
    cited
      .filter(({ clause }) => !known.has(clause))
      .map(({ path, clause }) => at(path, `方案里没有条款“${clause}”，请改成 plan/ 里的条款编号或项目编号`)),
  )
}
