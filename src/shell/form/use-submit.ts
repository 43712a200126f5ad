import { App, type FormInstance } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import type { FieldError } from '#kernel/errors.ts'
import { mintId } from '../api/client.ts'
import { type ApiProblem, asApiProblem } from '../api/problem.ts'
import { useAction } from '../api/queries.ts'
import { mergeValues, missingFields, namePath, pruned, sortErrors, valueAt } from './paths.ts'
import type { ActionFormProps, FieldSpec, FormValues } from './types.ts'

/** Sends what stands in a form, under one action id per opening, and brings what is wrong back to its field. */
export function useSubmit<I extends z.ZodType, O extends z.ZodType>(
  props: ActionFormProps<I, O>,
  form: FormInstance,
  onSent: () => void,
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
      onSent()
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
