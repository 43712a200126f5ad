import { App, type FormInstance } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import type { FieldError } from '#kernel/errors.ts'
import { mintId } from '../api/client.ts'
import { type ApiProblem, asApiProblem } from '../api/problem.ts'
import { useAction } from '../api/queries.ts'
import { checkInput } from './checked.ts'
import type { Basis } from './conflict/use-basis.ts'
import { namePath, sortErrors } from './paths.ts'
import type { ActionFormProps, FieldSpec, FormValues } from './types.ts'

/** Sends what stands in a form, under one action id per opening, and brings what is wrong back to its field. */
export function useSubmit<I extends z.ZodType, O extends z.ZodType>(
  props: ActionFormProps<I, O>,
  form: FormInstance,
  basis: Pick<Basis, 'version' | 'hear'>,
  onSent: () => void,
) {
  const { contract, recordId, fixed = {} } = props
  const { version } = basis
  const { message } = App.useApp()
  const [actionId] = useState(mintId)
  const [problem, setProblem] = useState<ApiProblem>()
  const [rest, setRest] = useState<readonly string[]>([])
  const action = useAction(contract)
  const complain = (errors: readonly FieldError[], names: readonly string[]) => {
    const { byField, rest: others } = sortErrors(errors, names)
    form.setFields(names.map((name) => ({ name: namePath(name), errors: byField.get(name) ?? [] })))
    const first = [...byField.keys()][0]
    if (first) form.scrollToField(namePath(first), { behavior: 'smooth', block: 'center', focus: true })
    setRest(others)
  }
  const submit = async (shown: readonly FieldSpec[], values: FormValues) => {
    setProblem(undefined)
    const { names, input, errors } = checkInput(contract, shown, values, fixed)
    if (errors.length > 0) {
      complain(errors, names)
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
      if (!basis.hear(refused)) setProblem(refused)
    }
  }
  return { submit, problem, rest, busy: action.isPending }
}
