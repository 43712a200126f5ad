import { useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Form, type FormInstance } from 'antd'
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import type { ActionContract, ActionResult } from '#kernel/contract.ts'
import { coreErrors, type FieldError } from '#kernel/errors.ts'
import { mintId } from '../api/client.ts'
import { type ApiProblem, asApiProblem } from '../api/problem.ts'
import { useAction } from '../api/queries.ts'
import { useSession } from '../session/session.tsx'
import { formatInstant } from '../text/format.ts'
import { FormField } from './FieldControl.tsx'
import { mergeValues, missingFields, namePath, pruned, sortErrors, valueAt, visibleFields } from './paths.ts'
import type { FieldSpec, FormValues } from './types.ts'
import { useDraft } from './use-draft.ts'

export interface ActionFormProps<I extends z.ZodType, O extends z.ZodType> {
  readonly contract: ActionContract<I, O>
  /** The record acted on, or the id the new record shall have. */
  readonly recordId: string
  /** The version the person saw; left out when the action creates the record. */
  readonly version?: number
  readonly fields: readonly FieldSpec[]
  readonly initial?: FormValues
  /** Values that are sent but not shown. */
  readonly fixed?: FormValues
  readonly submitLabel?: string
  readonly danger?: boolean
  /** Said after it was done; the result decides when words depend on it. */
  readonly doneText?: string | ((output: z.output<O>) => string)
  readonly children?: ReactNode
  onDone?(result: ActionResult<z.output<O>>): void
  onCancel?(): void
  /** Hears what stands in the form, for help that depends on it. */
  onValues?(values: FormValues): void
}

const staleCodes = new Set([coreErrors.staleVersion.code, coreErrors.wrongState.code])

/**
 * A form for one action contract. The contract checks what is typed before it is sent, the server's word comes back at
 * the field it is about, the same opening sends the same action id, and what was typed survives until it is accepted.
 */
export function ActionForm<I extends z.ZodType, O extends z.ZodType>(props: ActionFormProps<I, O>): ReactNode {
  const { contract, fields, initial = {}, version } = props
  const [form] = Form.useForm()
  const { accountId } = useSession()
  const draft = useDraft(`draft:${accountId}:${contract.id}:${contract.creates ? 'new' : props.recordId}`)
  const [values, setValues] = useState<FormValues>(initial)
  const [pending, setPending] = useState(0)
  const { submit, problem, rest, busy } = useSubmit(props, form, draft.drop)
  const shown = visibleFields(fields, values)
  const change = (next: FormValues) => {
    setValues(next)
    props.onValues?.(next)
    draft.keep(next)
  }
  const restore = () => {
    const merged = mergeValues(initial, draft.found?.values ?? {})
    form.setFieldsValue(merged)
    change(merged)
  }
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={initial}
      disabled={busy}
      scrollToFirstError
      onValuesChange={() => change(form.getFieldsValue(true))}
      onFinish={() => submit(shown, form.getFieldsValue(true))}
    >
      {draft.found && <DraftNotice at={draft.found.at} onRestore={restore} onDrop={draft.drop} />}
      <ProblemNotice problem={problem} rest={rest} version={version} />
      {props.children}
      {shown.map((field) => (
        <FormField key={field.name} field={field} onPending={setPending} />
      ))}
      <div className="zb-form-actions">
        <Button type="primary" danger={props.danger ?? false} htmlType="submit" loading={busy} disabled={pending > 0}>
          {pending > 0 ? `等待${pending}个文件上传` : (props.submitLabel ?? contract.title)}
        </Button>
        {props.onCancel && <Button onClick={props.onCancel}>取消</Button>}
      </div>
    </Form>
  )
}

function useSubmit<I extends z.ZodType, O extends z.ZodType>(
  props: ActionFormProps<I, O>,
  form: FormInstance,
  dropDraft: () => void,
) {
  const { contract, recordId, version, fixed = {} } = props
  const { message } = App.useApp()
  const [actionId] = useState(mintId)
  const [problem, setProblem] = useState<ApiProblem>()
  const [rest, setRest] = useState<readonly string[]>([])
  const action = useAction(contract)
  const complain = (errors: readonly FieldError[], names: readonly string[]) => {
    const { byField, rest: others } = sortErrors(errors, names)
    form.setFields(names.map((name) => ({ name: namePath(name), errors: byField.get(name) ?? [] })))
    const first = [...byField.keys()][0]
    if (first) form.scrollToField(namePath(first), { behavior: 'smooth', block: 'center' })
    setRest(others)
  }
  const submit = async (shown: readonly FieldSpec[], values: FormValues) => {
    setProblem(undefined)
    const names = namesOf(shown, values)
    const input = pruned(mergeValues(pick(values, shown), fixed))
    const missing = missingFields(shown, values)
    const checked = contract.input.safeParse(input)
    if (!checked.success || missing.length > 0) {
      const said = new Set(missing.map((error) => error.path))
      const issues = (checked.error?.issues ?? []).map((issue) => ({
        path: issue.path.join('.'),
        message: issue.message,
      }))
      complain([...missing, ...issues.filter((issue) => ![...said].some((path) => path.startsWith(issue.path)))], names)
      return
    }
    complain([], names)
    try {
      const call = { actionId, recordId, input: input as z.input<I>, ...(version === undefined ? {} : { version }) }
      const result = await action.mutateAsync(call)
      dropDraft()
      const { doneText } = props
      message.success(
        typeof doneText === 'function' ? doneText(result.output) : (doneText ?? `${contract.title}：已办理`),
      )
      props.onDone?.(result)
    } catch (error) {
      const refused = asApiProblem(error)
      complain(refused.fields, names)
      setProblem(refused)
    }
  }
  return { submit, problem, rest, busy: action.isPending }
}

/** Names the form has a place for, rows of lists included. */
function namesOf(fields: readonly FieldSpec[], values: FormValues): string[] {
  return fields.flatMap((field) => {
    if (field.kind !== 'list') return [field.name]
    const rows = valueAt(values, field.name)
    const count = Array.isArray(rows) ? rows.length : 0
    return Array.from({ length: count }, (_, at) =>
      field.fields.map((inner) => `${field.name}.${at}.${inner.name}`),
    ).flat()
  })
}

/** Only what is shown is sent: a hidden field must not decide anything. */
function pick(values: FormValues, fields: readonly FieldSpec[]): FormValues {
  let out: FormValues = {}
  for (const field of fields) {
    const path = namePath(field.name)
    const value = valueAt(values, field.name)
    const nested = [...path].reverse().reduce<unknown>((inner, key) => ({ [key]: inner }), value)
    out = mergeValues(out, nested as FormValues)
  }
  return out
}

function DraftNotice(props: { at: string; onRestore(): void; onDrop(): void }): ReactNode {
  const [open, setOpen] = useState(true)
  if (!open) return null
  const done = (work: () => void) => () => {
    work()
    setOpen(false)
  }
  return (
    <Alert
      type="info"
      style={{ marginBottom: 12 }}
      title={`有一份 ${formatInstant(props.at)} 没有提交的草稿`}
      action={
        <>
          <Button size="small" type="link" onClick={done(props.onRestore)}>
            恢复草稿
          </Button>
          <Button size="small" type="link" onClick={done(props.onDrop)}>
            丢弃
          </Button>
        </>
      }
    />
  )
}

interface NoticeProps {
  readonly problem: ApiProblem | undefined
  readonly rest: readonly string[]
  readonly version: number | undefined
}

/** What no field can show: who was first, what is missing elsewhere, that the network is gone. */
function ProblemNotice({ problem, rest }: NoticeProps): ReactNode {
  const client = useQueryClient()
  const words = [...new Set([...(problem ? [problem.detail] : []), ...rest])]
  if (words.length === 0) return null
  const stale = problem && staleCodes.has(problem.code)
  return (
    <Alert
      type="error"
      role="alert"
      style={{ marginBottom: 12 }}
      title={words[0]}
      {...(words.length > 1 ? { description: words.slice(1).join('；') } : {})}
      {...(stale
        ? {
            action: (
              <Button size="small" onClick={() => void client.invalidateQueries()}>
                载入最新状态
              </Button>
            ),
          }
        : {})}
    />
  )
}
