import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '#kernel/time.ts'

/** A server process, as far as keeping one up is concerned. */
export interface Mortal {
  /** Hears of an end nobody asked for, also when it has already come. */
  onEnd(listener: (code: number | null) => void): void
  stop(): Promise<void>
}

export interface RevivalParts {
  /** Starts another one in its place, at the same address; throws when that one does not come up. */
  again(): Promise<Mortal>
  /** Hears of each end, before another one is started. */
  onRestart?(code: number | null): void
  /** Hears that it is not started again any more. */
  onGivenUp?(code: number | null): void
}

/** What ends more often than this within the time is not cured by starting it again; somebody has to look. */
const mostEnds = 5
const withinMs = 600_000
/** The processes of a killed server need a moment to follow it, and until then no other one may begin. */
const tries = 15
const pauseMs = 1_000

/** Keeps a server up: one that ends although nobody asked it to (killed for want of memory, crashed) is started again. */
export function keepUp(first: Mortal, parts: RevivalParts): Pick<Mortal, 'stop'> {
  let current = first
  let stopped = false
  let reviving: Promise<void> | undefined
  const ends: number[] = []

  const revive = async (code: number | null) => {
    for (let attempt = 1; !stopped; attempt += 1) {
      try {
        current = await parts.again()
        current.onEnd(ended)
        return
      } catch {
        // Why is in the server's own log, which is named by whoever hears that it was given up.
        if (attempt === tries) return parts.onGivenUp?.(code)
        await sleep(pauseMs)
      }
    }
  }
  const ended = (code: number | null) => {
    if (stopped) return
    const now = systemClock.now().getTime()
    ends.push(now)
    while ((ends[0] ?? now) < now - withinMs) ends.shift()
    if (ends.length > mostEnds) return parts.onGivenUp?.(code)
    parts.onRestart?.(code)
    reviving = revive(code)
  }
  first.onEnd(ended)
  return {
    async stop() {
      stopped = true
      await reviving
      await current.stop()
    },
  }
}
