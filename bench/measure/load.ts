import { Agent, request } from 'node:http'

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

export interface Reply {
  readonly status: number
  readonly text: string
  readonly cookies: string
}

/** A plain client that keeps its connections, so that what is measured is the server. */
export function client(base: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const send = (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string | Buffer,
  ): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const sent = request(`${base}${path}`, { method, agent, headers }, (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            text: Buffer.concat(parts).toString('utf8'),
            cookies: (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; '),
          }),
        )
      })
      sent.on('error', reject)
      sent.end(body)
    })
  return { send, close: () => agent.destroy() }
}
