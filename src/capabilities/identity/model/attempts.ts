const MINUTE_MS = 60_000

/** What is known of the attempts on one login or from one address. Instants in milliseconds. */
export interface Attempts {
  readonly failures: number
  /** When the first attempt of the running count was made. */
  readonly since: number
  readonly lockedUntil: number | null
}

export interface AttemptPolicy {
  /** Failures after which the door closes (parameter signIn.maxAttempts). */
  readonly max: number
  /** How long it stays closed, and after what time a count begins anew (parameter signIn.lockMinutes). */
  readonly lockMinutes: number
}

export interface Admission {
  readonly admitted: boolean
  readonly next: Attempts
}

/**
 * Counts an attempt before the password is looked at. Counting first is what makes concurrent guesses useless: however
 * many arrive at once, no more than `max` of them are ever compared with the password.
 */
export function countAttempt(before: Attempts | undefined, now: number, policy: AttemptPolicy): Admission {
  if (before?.lockedUntil && before.lockedUntil > now) return { admitted: false, next: before }
  const window = policy.lockMinutes * MINUTE_MS
  const fresh = !before || before.lockedUntil !== null || before.since + window <= now
  const failures = fresh ? 1 : before.failures + 1
  const since = fresh ? now : before.since
  return { admitted: true, next: { failures, since, lockedUntil: failures >= policy.max ? now + window : null } }
}

/** Takes one attempt back, because it turned out to be a right one. */
export function uncountAttempt(before: Attempts, policy: AttemptPolicy): Attempts {
  const failures = Math.max(0, before.failures - 1)
  return { ...before, failures, lockedUntil: failures >= policy.max ? before.lockedUntil : null }
}

/** Whole minutes a person has to wait, at least 1; 0 when the door is open. */
export function waitMinutes(attempts: Attempts, now: number): number {
  const left = (attempts.lockedUntil ?? 0) - now
  return left > 0 ? Math.ceil(left / MINUTE_MS) : 0
}
