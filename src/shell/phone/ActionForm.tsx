import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, Fragment, type ReactNode, useState } from 'react'
import type { z } from 'zod'
import { coreErrors } from '#kernel/errors.ts'
import type { ApiProblem } from '../api/problem.ts'
import { visibleFields } from '../form/paths.ts'
import type { ActionFormProps } from '../form/types.ts'
import { formatInstant } from '../text/format.ts'
import { KeepUploads } from '../upload/keeping.ts'
import { FormField } from './fields.tsx'
import { Review } from './Review.tsx'
import { useForm } from './use-form.ts'

/** The phone's form for one action contract, from the same declaration as the office's. */
export function ActionForm<I extends z.ZodType, O extends z.ZodType>(props: ActionFormProps<I, O>): ReactNode {
  const form = useForm(props)
  const [pending, setPending] = useState(0)
  const shown = visibleFields(props.fields, form.values)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (pending === 0) void form.submit()
  }
  const label = props.submitLabel ?? props.contract.title
  return (
    <form onSubmit={send} noValidate className="p-form">
      {form.restoredAt && <Restored at={form.restoredAt} onDrop={form.startAnew} />}
      {form.review && <Review review={form.review} values={form.values} onChoose={form.put} />}
      {props.background && props.background.length > 0 && (
        <div className="p-notice">
          {props.background.map((line) => (
            <div key={line}>{line}</div>
          ))}
        </div>
      )}
      {props.children}
      <KeepUploads value={form.draftKey}>
        <fieldset disabled={form.busy}>
          {shown.map((field, at) => (
            <Fragment key={field.name}>
              {field.section && field.section !== shown[at - 1]?.section && <h2>{field.section}</h2>}
              <FormField
                form={props.contract.id}
                field={field}
                name={field.name}
                values={form.values}
                errors={form.errors}
                onChange={form.change}
                onPending={setPending}
              />
            </Fragment>
          ))}
        </fieldset>
      </KeepUploads>
      <div className="p-send">
        {/* In the bar that never scrolls away: on a long form a failed send would go unseen below the fields. */}
        <Problem problem={form.problem} rest={form.rest} onRetry={() => void form.submit()} />
        <button
          type="submit"
          className={props.danger ? 'p-button p-danger' : 'p-button p-primary'}
          disabled={form.busy || pending > 0 || form.review?.loading === true}
        >
          {form.busy ? '正在提交…' : pending > 0 ? `等待${pending}个文件上传` : label}
        </button>
      </div>
    </form>
  )
}

function Restored({ at, onDrop }: { at: string; onDrop(): void }): ReactNode {
  return (
    <div className="p-notice">
      已恢复 {formatInstant(at)} 没有提交的内容
      <button type="button" className="p-link" onClick={onDrop}>
        清空重填
      </button>
    </div>
  )
}

const staleCodes = new Set([coreErrors.staleVersion.code, coreErrors.wrongState.code])

/** What no field can show: who was first, what is missing elsewhere, that the network is gone. Stands above the button. */
function Problem(props: { problem: ApiProblem | undefined; rest: readonly string[]; onRetry(): void }): ReactNode {
  const { problem, rest, onRetry } = props
  const client = useQueryClient()
  const words = [...new Set([...(problem ? [problem.detail] : []), ...rest])]
  const stale = problem !== undefined && staleCodes.has(problem.code)
  return (
    <div role="alert">
      {words.length > 0 && (
        <div className="p-notice p-error">
          {words.map((word) => (
            <div key={word}>{word}</div>
          ))}
          {stale && (
            <button type="button" className="p-button" onClick={() => void client.invalidateQueries()}>
              载入最新状态
            </button>
          )}
          {!stale && problem?.retryable && (
            <button type="button" className="p-button" onClick={onRetry}>
              重试
            </button>
          )}
        </div>
      )}
    </div>
  )
}
