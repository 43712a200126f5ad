import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import type { FieldError } from '#kernel/errors.ts'
import { mintId } from '../api/client.ts'
import { type ApiProblem, asApiProblem } from '../api/problem.ts'
import { useAction } from '../api/queries.ts'
import { checkInput } from '../form/checked.ts'
import { type Basis, type PutValues, useBasis } from '../form/conflict/use-basis.ts'
import { mergeValues, namePath, sortErrors, visibleFields } from '../form/paths.ts'
import type { ActionFormProps, FormValues } from '../form/types.ts'
import { draftKey, useDraft } from '../form/use-draft.ts'
import { useSession } from '../session/session.tsx'
import { markUnsent } from './router.tsx'
import { say } from './said.tsx'

type Errors = ReadonlyMap<string, readonly string[]>

/** The value put at a dotted path; lists on the way stay lists. */
export function withValue(values: FormValues, path: string, value: unknown): FormValues {
  return put(values, namePath(path), value) as FormValues
}

function put(into: unknown, [key, ...rest]: (string | number)[], value: unknown): unknown {
  if (key === undefined) return value
  if (Array.isArray(into)) return into.map((item, at) => (at === key ? put(item, rest, value) : item))
  const object = typeof into === 'object' && into !== null ? (into as Record<string, unknown>) : {}
  return { ...object, [key]: put(object[String(key)], rest, value) }
}

/**
 * The state of a form on the phone: what was typed comes back by itself after a reload, a contract checks it before it
 * is sent, the server's word comes back at its field, and one opening is one action.
 */
export function useForm<I extends z.ZodType, O extends z.ZodType>(props: ActionFormProps<I, O>) {
  const { contract, recordId, about, initial = {}, onValues } = props
  const { accountId } = useSession()
  const key = draftKey(accountId, contract, recordId, about)
  const draft = useDraft(key)
  const [restoredAt, setRestoredAt] = useState(draft.found?.at)
  const [values, setValues] = useState<FormValues>(() => mergeValues(initial, draft.found?.values ?? {}))
  const latest = useRef(values)
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once what the draft brought back; changes tell themselves
  useEffect(() => onValues?.(values), [])
  useEffect(() => () => markUnsent(false), [])
  const hold = (next: FormValues) => {
    // Two controls may change before the form renders again; each must see the other.
    latest.current = next
    setValues(next)
    onValues?.(next)
  }
  const put: PutValues = (changes) => {
    for (const [name, value] of changes) hold(withValue(latest.current, name, value))
    if (changes.length > 0) draft.keep(latest.current, basis.initial)
  }
  const basis = useBasis(props, { values: () => latest.current, put })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft comes in once, when the form opens
  useEffect(() => {
    if (draft.found?.begunOn) basis.bring(latest.current, draft.found.begunOn)
  }, [])
  const sending = useSending(props, basis, () => {
    draft.drop()
    markUnsent(false)
  })
  return {
    ...sending,
    draftKey: key,
    values,
    review: basis.review,
    put,
    restoredAt,
    submit: () => sending.send(latest.current),
    change(path: string, value: unknown) {
      hold(withValue(latest.current, path, value))
      draft.keep(latest.current, basis.initial)
      markUnsent(true)
    },
    startAnew() {
      draft.drop()
      setRestoredAt(undefined)
      markUnsent(false)
      hold(initial)
    },
  }
}

/** Sends what stands in the form and keeps what was said about it. */
function useSending<I extends z.ZodType, O extends z.ZodType>(
  props: ActionFormProps<I, O>,
  basis: Pick<Basis, 'version' | 'hear'>,
  onSent: () => void,
) {
  const { version } = basis
  const { contract, recordId, fields, fixed = {}, doneText } = props
  const [errors, setErrors] = useState<Errors>(new Map())
  const [rest, setRest] = useState<readonly string[]>([])
  const [problem, setProblem] = useState<ApiProblem>()
  const [actionId] = useState(mintId)
  const action = useAction(contract)
  const complain = (said: readonly FieldError[], names: readonly string[]) => {
    const { byField, rest: others } = sortErrors(said, names)
    setErrors(byField)
    setRest(others)
    if (said.length > 0) setTimeout(() => lead(placeOf(contract.id, [...byField.keys()][0])))
  }
  const send = async (values: FormValues) => {
    setProblem(undefined)
    const { names, input, errors: wrong } = checkInput(contract, visibleFields(fields, values), values, fixed)
    complain(wrong, names)
    if (wrong.length > 0) return
    try {
      const call = { actionId, recordId, input: input as z.input<I>, ...(version === undefined ? {} : { version }) }
      const result = await action.mutateAsync(call)
      onSent()
      say(typeof doneText === 'function' ? doneText(result.output) : (doneText ?? `${contract.title}：已办理`))
      props.onDone?.(result)
    } catch (error) {
      const refused = asApiProblem(error)
      if (!basis.hear(refused)) setProblem(refused)
      complain(refused.fields, names)
    }
  }
  return { send, errors, rest, problem, busy: action.isPending }
}

/** To the first thing that is wrong: in sight, and with the keyboard where it can be typed. */
function lead(place: HTMLElement | null): void {
  place?.focus({ preventScroll: true })
  place?.scrollIntoView({ block: 'center', behavior: 'smooth' })
}

/** Id of the control of a field, so that its label, its error and the page can point at it. */
export function fieldId(form: string, name: string): string {
  return `${form}-${name}`.replaceAll('.', '-')
}

/** Where a complaint is shown: the control, else the name of its group. */
function placeOf(form: string, name: string | undefined): HTMLElement | null {
  if (name === undefined) return null
  const id = fieldId(form, name)
  return document.getElementById(id) ?? document.getElementById(`${id}-label`)
}
