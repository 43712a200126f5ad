/** Work repeated in this process at a steady pause; used where waiting for the next minute of a cron would be too long. */
export interface Ticker {
  stop(): Promise<void>
}

/** Runs `work`, waits `pauseMs` after it has ended, and so on: a slow pass is never overtaken by the next. */
export function startTicker(work: () => Promise<unknown>, pauseMs: number, onError: (error: unknown) => void): Ticker {
  let stopped = false
  let wake: (() => void) | undefined
  const loop = async () => {
    while (!stopped) {
      try {
        await work()
      } catch (error) {
        onError(error)
      }
      if (stopped) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const running = loop()
  return {
    async stop() {
      stopped = true
      wake?.()
      await running
    },
  }
}
