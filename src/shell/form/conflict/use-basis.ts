import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { coreErrors } from '#kernel/errors.ts'
import { Overtaken } from '#kernel/record.ts'
import type { ApiProblem } from '../../api/problem.ts'
import type { FieldSpec, FormValues } from '../types.ts'
import { type Comparison, compare } from './compare.ts'

/** What others did while the form stood open, and what of it meets what stands in the form. */
export interface Review extends Comparison, Pick<Overtaken, 'changes' | 'leftOut'> {
  /** The new content is still on its way. */
  readonly loading: boolean
}

interface Opened {
  readonly version?: number | undefined
  readonly initial?: FormValues | undefined
  readonly fields: readonly FieldSpec[]
}

/** Puts values into their fields, as if the person had. */
export type PutValues = (changes: readonly (readonly [name: string, value: unknown])[]) => void

interface Hands {
  values(): FormValues
  readonly put: PutValues
}

export interface Basis {
  /** The version that what stands in the form was made from. */
  readonly version: number | undefined
  readonly initial: FormValues
  readonly review: Review | undefined
  /** Hears a refusal. True when it was about what others did: it is then shown in the review. */
  hear(problem: ApiProblem): boolean
  /** Brings in a draft that was begun on an older content of the record. */
  bring(draft: FormValues, begunOn: FormValues): void
}

const untold = { changes: [], leftOut: 0 }

/**
 * What a form is based on. The page around it may learn of a newer version at any moment; the form keeps the one it was
 * filled in from, or it would write old content over new unseen. Refused as stale, it fetches the new content, takes over
 * what was changed only there, shows what was changed on both sides, and goes on from the new version.
 */
export function useBasis({ version, initial = {}, fields }: Opened, { values, put }: Hands): Basis {
  const client = useQueryClient()
  const [base, setBase] = useState<{ version: number | undefined; initial: FormValues }>({ version, initial })
  const [missed, setMissed] = useState<Overtaken>()
  const [review, setReview] = useState<Review>()
  const meet = (before: FormValues, mine: FormValues, told: Pick<Overtaken, 'changes' | 'leftOut'>) => {
    const comparison = compare(fields, before, initial, mine)
    put(comparison.taken.map(({ field, theirs }) => [field.name, theirs]))
    setReview({ ...comparison, changes: told.changes, leftOut: told.leftOut, loading: false })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: met once, when the new content has come
  useEffect(() => {
    if (!missed || version === undefined || version < missed.currentVersion) return
    meet(base.initial, values(), missed)
    setBase({ version, initial })
    setMissed(undefined)
  }, [missed, version])
  return {
    ...base,
    review,
    hear(problem) {
      if (problem.code !== coreErrors.staleVersion.code) return false
      const told = Overtaken.safeParse(problem.data)
      if (!told.success) return false
      setMissed(told.data)
      setReview({ ...told.data, taken: [], clashes: [], loading: true })
      void client.invalidateQueries()
      return true
    },
    bring(draft, begunOn) {
      const { taken, clashes } = compare(fields, begunOn, initial, draft)
      if (taken.length + clashes.length > 0) meet(begunOn, draft, untold)
    },
  }
}
