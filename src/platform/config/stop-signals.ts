const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Calls `stop` once when this process is told to end, then exits 0; exits 1 when `stop` throws or takes longer than
 * `limitMs` (milliseconds). Ctrl-C reaches a process twice, from the terminal and from the launcher, hence "once".
 */
export function onStopSignal(
  stop: (signal: string) => Promise<void>,
  options: { limitMs?: number; report?: (error: unknown) => void } = {},
): void {
  let stopping = false
  const begin = (signal: string) => {
    if (stopping) return
    stopping = true
    const report = options.report ?? console.error
    setTimeout(() => {
      report(new Error('停止超时，已强制结束'))
      process.exit(1)
    }, options.limitMs ?? 8_000).unref()
    stop(signal).then(
      () => process.exit(0),
      (error: unknown) => {
        report(error)
        process.exit(1)
      },
    )
  }
  for (const signal of signals) process.on(signal, () => begin(signal))
}
