const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Calls `stop` once when this process is told to end, or when the launcher that started it is gone (the channel between
 * them closes); then exits 0, or 1 when `stop` throws or takes longer than `limitMs` (milliseconds). Ctrl-C reaches a
 * process twice, from the terminal and from the launcher, hence "once".
 */
export function onStopSignal(
  stop: (signal: string) => Promise<void>,
  options: { limitMs?: number; report?: (error: unknown) => void } = {},
): void {
  let stopping = false
  const report = options.report ?? console.error
  const begin = (signal: string) => {
    if (stopping) return
    stopping = true
    setTimeout(() => {
      report(new Error('停止超时，已强制结束'))
      process.exit(1)
    }, options.limitMs ?? 20_000).unref()
    stop(signal).then(
      () => process.exit(0),
      (error: unknown) => {
        report(error)
        process.exit(1)
      },
    )
  }
  for (const signal of signals) process.on(signal, () => begin(signal))
  process.once('disconnect', () => begin('disconnect'))
  // Whoever read our words may be gone too; a word nobody hears must not break an orderly stop.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}
