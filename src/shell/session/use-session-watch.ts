import { useEffect, useRef, useState } from 'react'
import { systemClock } from '#kernel/time.ts'
import { lastContactAt } from '../api/client.ts'
import { useSessionHandle } from './session.tsx'
import { type SessionWarning, watchSession } from './watching.ts'

const now = () => systemClock.now().getTime()

/**
 * Watches over the session while its page is open: keeps it alive under hands that type without sending, and warns before
 * it ends. It never ends anything itself; the server decides, and says why.
 */
export function useSessionWatch(): { readonly warning: SessionWarning | undefined; stay(): void } {
  const { state, touch } = useSessionHandle()
  const view = state.status === 'in' ? state.view : undefined
  const over = state.status === 'in' && state.ended !== undefined
  const lastInput = useRef(now())
  const asking = useRef(false)
  const [warning, setWarning] = useState<SessionWarning>()
  useEffect(() => {
    const moved = () => {
      lastInput.current = now()
    }
    const signs = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const
    for (const sign of signs) window.addEventListener(sign, moved, { capture: true, passive: true })
    return () => {
      for (const sign of signs) window.removeEventListener(sign, moved, { capture: true })
    }
  }, [])
  useEffect(() => {
    if (!view || over) return setWarning(undefined)
    // The clock of an office PC may be wrong; only the time between two of the server's instants is taken from it.
    const endsAt = now() + Date.parse(view.endsAt) - Date.parse(view.now)
    const look = () => {
      const outcome = watchSession({
        now: now(),
        endsAt,
        idleMs: view.idleMinutes * 60_000,
        lastContact: lastContactAt(),
        lastInput: lastInput.current,
      })
      setWarning(outcome.warning)
      if (!(outcome.tell || outcome.check) || asking.current) return
      asking.current = true
      // A refusal comes back as the end of the session, a lost connection is tried again at the next look.
      touch()
        .catch(() => {})
        .finally(() => {
          asking.current = false
        })
    }
    look()
    const timer = setInterval(look, 1_000)
    return () => clearInterval(timer)
  }, [view, over, touch])
  return { warning, stay: () => void touch().catch(() => {}) }
}
