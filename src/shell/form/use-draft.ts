import { useCallback, useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import type { ActionContract } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { systemClock } from '#kernel/time.ts'
import { mintId } from '../api/client.ts'
import { forget, recall, remember } from '../browser/remembered.ts'
import { useSession } from '../session/session.tsx'
import { forgetFilesOf } from '../upload/kept.ts'
import type { FormValues } from './types.ts'

const Values = z.record(z.string(), z.unknown())
/** `begunOn` is what the form opened with, so that what others changed since can be told from what was typed. */
const Draft = z.object({ at: z.string(), values: Values, begunOn: Values.optional() })
type Draft = z.infer<typeof Draft>

/**
 * Under which name this browser keeps what an account has typed for an action; one draft for whatever is created, or for
 * what is created `about` a thing; on a record, one for each thing its action can be `about`.
 */
export function draftKey(
  accountId: string,
  contract: Pick<ActionContract, 'id' | 'creates'>,
  recordId: string,
  about = 'new',
): string {
  const of = contract.creates ? about : [recordId, ...(about === 'new' ? [] : [about])].join(':')
  return `draft:${accountId}:${contract.id}:${of}`
}

const idKey = (key: string) => `${key}:id`

/** Forgets a draft from outside its form, with the id its record would have had. */
export function forgetDraft(key: string): void {
  void forgetFilesOf(key)
  forget(key)
  forget(idKey(key))
}

/**
 * The id of the record a form will create, kept as long as its draft: what is sent again after a reload, because nobody
 * knows whether it arrived, is then the same record and not a second one.
 */
export function useNewRecordId(contract: Pick<ActionContract, 'id' | 'creates'>, about?: string): string {
  const { accountId } = useSession()
  const key = idKey(draftKey(accountId, contract, '', about))
  const [id] = useState(() => recall(key, Id) ?? mintId())
  useEffect(() => void remember(key, id), [key, id])
  return id
}

interface DraftHandle {
  /** What was typed and never sent; offered once, when the form opens. */
  readonly found: Draft | undefined
  keep(values: FormValues, begunOn: FormValues): void
  drop(): void
}

/** A password must never lie in a browser's storage; fields that hold one end in 'password'. */
const withoutSecrets = (values: FormValues): FormValues =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !/password$/i.test(name)))

/** Keeps what is being typed in this browser, so that a power cut or a closed tab costs nothing. */
export function useDraft(key: string): DraftHandle {
  const [found, setFound] = useState<Draft | undefined>(() => recall(key, Draft))
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const keep = useCallback(
    (values: FormValues, begunOn: FormValues) => {
      clearTimeout(timer.current)
      timer.current = setTimeout(
        () =>
          remember(key, {
            at: systemClock.now().toISOString(),
            values: withoutSecrets(values),
            begunOn: withoutSecrets(begunOn),
          }),
        400,
      )
    },
    [key],
  )
  const drop = useCallback(() => {
    clearTimeout(timer.current)
    forgetDraft(key)
    setFound(undefined)
  }, [key])
  return { found, keep, drop }
}
