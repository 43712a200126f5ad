import { useCallback, useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import { systemClock } from '#kernel/time.ts'
import { forget, recall, remember } from '../browser/remembered.ts'
import type { FormValues } from './types.ts'

const Draft = z.object({ at: z.string(), values: z.record(z.string(), z.unknown()) })
type Draft = z.infer<typeof Draft>

interface DraftHandle {
  /** What was typed and never sent; offered once, when the form opens. */
  readonly found: Draft | undefined
  keep(values: FormValues): void
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
    (values: FormValues) => {
      clearTimeout(timer.current)
      timer.current = setTimeout(
        () => remember(key, { at: systemClock.now().toISOString(), values: withoutSecrets(values) }),
        400,
      )
    },
    [key],
  )
  const drop = useCallback(() => {
    clearTimeout(timer.current)
    forget(key)
    setFound(undefined)
  }, [key])
  return { found, keep, drop }
}
