import { type ReactNode, useEffect, useRef } from 'react'
import { alike, type Difference } from '../form/conflict/compare.ts'
import { reviewWords } from '../form/conflict/said.ts'
import type { PutValues, Review as ReviewOf } from '../form/conflict/use-basis.ts'
import { valueWords } from '../form/conflict/words.ts'
import { valueAt } from '../form/paths.ts'
import type { FormValues } from '../form/types.ts'

interface ReviewProps {
  readonly review: ReviewOf
  /** What stands in the form now. */
  readonly values: FormValues
  readonly onChoose: PutValues
}

/** What others did meanwhile and, one below the other, what they and this person changed. */
export function Review({ review, values, onChoose }: ReviewProps): ReactNode {
  const said = reviewWords(review)
  const place = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: shown anew whenever there is something new to look at
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'start', behavior: 'smooth' })
  }, [review])
  const several = (title: string, differences: readonly Difference[]) =>
    differences.length > 0 && (
      <>
        <strong>{title}</strong>
        {differences.map((one) => (
          <Versus key={one.field.name} difference={one} values={values} onChoose={onChoose} />
        ))}
      </>
    )
  return (
    <div ref={place} role="alert" className="p-notice p-review">
      <strong>{said.title}</strong>
      {said.changes.map((line) => (
        <div key={line}>{line}</div>
      ))}
      <div>{said.next}</div>
      {several(said.clashes, review.clashes)}
      {several(said.taken, review.taken)}
    </div>
  )
}

interface VersusProps {
  readonly difference: Difference
  readonly values: FormValues
  readonly onChoose: PutValues
}

function Versus({ difference: { field, before, theirs, mine }, values, onChoose }: VersusProps): ReactNode {
  const now = valueAt(values, field.name)
  return (
    <fieldset className="p-versus">
      <legend>{field.label}</legend>
      <div>打开时：{valueWords(field, before)}</div>
      {(
        [
          ['对方改为', theirs],
          ['我填的', mine],
        ] as const
      ).map(([who, value]) => (
        <label key={who}>
          <input
            type="radio"
            name={`versus-${field.name}`}
            checked={alike(now, value)}
            onChange={() => onChoose([[field.name, value]])}
          />
          {who}：{valueWords(field, value)}
        </label>
      ))}
    </fieldset>
  )
}
