export interface Sample {
  readonly count: number
  readonly perSecond: number
  /** Milliseconds from asking to the last byte of the answer. */
  readonly p50: number
  readonly p95: number
}

export function summarise(times: readonly number[], seconds: number): Sample {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { count: times.length, perSecond: times.length / seconds, p50: at(0.5), p95: at(0.95) }
}

/** Keeps `workers` loops busy for so many seconds, after a tenth of the time to warm up; each call gets a running number. */
export async function drive(workers: number, seconds: number, call: (n: number) => Promise<unknown>): Promise<Sample> {
  let n = 0
  const run = async (until: number, times: number[] | undefined) => {
    while (performance.now() < until) {
      const begun = performance.now()
      await call(n++)
      times?.push(performance.now() - begun)
    }
  }
  const all = (until: number, times?: number[]) => Promise.all(Array.from({ length: workers }, () => run(until, times)))
  await all(performance.now() + seconds * 100)
  const times: number[] = []
  const begun = performance.now()
  await all(begun + seconds * 1000, times)
  return summarise(times, (performance.now() - begun) / 1000)
}
