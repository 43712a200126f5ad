import { Alert, Button } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { valueAt } from '../paths.ts'
import type { FormValues } from '../types.ts'
import { alike, type Difference } from './compare.ts'
import { reviewWords } from './said.ts'
import type { Review } from './use-basis.ts'
import { valueWords } from './words.ts'

interface ReviewNoticeProps {
  readonly review: Review
  /** What stands in the form now. */
  readonly values: FormValues
  onChoose(name: string, value: unknown): void
}

/** What others did meanwhile, and side by side what they and this person changed; nothing typed is lost. */
export function ReviewNotice({ review, values, onChoose }: ReviewNoticeProps): ReactNode {
  const { taken, clashes } = review
  const said = reviewWords(review)
  const place = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: shown anew whenever there is something new to look at
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
  }, [review])
  return (
    <div ref={place} className="zb-review">
      <Alert
        type="warning"
        role="alert"
        title={said.title}
        description={
          <>
            <ol className="zb-review-changes">
              {said.changes.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ol>
            {said.next}
            {clashes.length > 0 && (
              <Versus title={said.clashes} differences={clashes} values={values} onChoose={onChoose} />
            )}
            {taken.length > 0 && <Versus title={said.taken} differences={taken} values={values} onChoose={onChoose} />}
          </>
        }
      />
    </div>
  )
}

interface VersusProps {
  readonly title: string
  readonly differences: readonly Difference[]
  readonly values: FormValues
  onChoose(name: string, value: unknown): void
}

function Versus({ title, differences, values, onChoose }: VersusProps): ReactNode {
  return (
    <table className="zb-versus">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">项目</th>
          <th scope="col">打开时</th>
          <th scope="col">对方改为</th>
          <th scope="col">我的</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ field, before, theirs, mine }) => {
          const now = valueAt(values, field.name)
          const cell = (name: string, value: unknown) => (
            <td data-title={name}>
              <div>{valueWords(field, value)}</div>
              {alike(now, value) ? (
                <strong>✓ 采用</strong>
              ) : (
                <Button
                  size="small"
                  aria-label={`${field.label}：采用${name}`}
                  onClick={() => onChoose(field.name, value)}
                >
                  采用
                </Button>
              )}
            </td>
          )
          return (
            <tr key={field.name}>
              <th scope="row">{field.label}</th>
              <td data-title="打开时">{valueWords(field, before)}</td>
              {cell('对方的', theirs)}
              {cell('我的', mine)}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
