/** The start was given up because the process is to end; nothing is wrong. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
}

export interface StopStackOptions {
  /** Milliseconds a single stop may take before the next one begins anyway. */
  readonly limitMs?: number
  readonly report?: (error: unknown) => void
}

/**
 * What has been started, in order, and how to stop it. A signal may come at any stage of the start, so what is pushed
 * after the unwinding has begun is stopped at once, and the start ends there with Stopped.
 */
export class StopStack {
  readonly #stops: (() => Promise<void>)[] = []
  readonly #limitMs: number
  readonly #report: (error: unknown) => void
  #unwinding = false

  constructor(options: StopStackOptions = {}) {
    this.#limitMs = options.limitMs ?? 6_000
    this.#report = options.report ?? console.error
  }

  get unwinding(): boolean {
    return this.#unwinding
  }

  async push(stop: () => Promise<void>): Promise<void> {
    this.#stops.push(stop)
    if (!this.#unwinding) return
    await this.unwind()
    throw new Stopped()
  }

  /** Stops everything in the opposite order. One that fails or hangs is reported and does not keep the others running. */
  async unwind(): Promise<void> {
    this.#unwinding = true
    for (let stop = this.#stops.pop(); stop; stop = this.#stops.pop()) await this.#once(stop)
  }

  async #once(stop: () => Promise<void>): Promise<void> {
    let late: NodeJS.Timeout | undefined
    const limit = new Promise<never>((_, reject) => {
      late = setTimeout(() => reject(new Error(`有一部分没有在 ${this.#limitMs / 1000} 秒内停下`)), this.#limitMs)
    })
    try {
      await Promise.race([stop(), limit])
    } catch (error) {
      this.#report(error)
    } finally {
      clearTimeout(late)
    }
  }
}
