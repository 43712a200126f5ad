const MINUTE_MS = 60_000

/** What is known of the attempts on one login or from one address. Instants in milliseconds. */
export interface Attempts {
  readonly failures: number
  /** When the first attempt of the running count was made. */
  readonly since: number
  readonly lockedUntil: number | null
  /** How often the door has closed in a row; each time it stays closed twice as long. */
  readonly locks: number
}

export interface AttemptPolicy {
  /** Failures after which the door closes (parameter signIn.maxAttempts). */
  readonly max: number
  /** How long it stays closed the first time, and after what time a count begins anew (parameter signIn.lockMinutes). */
  readonly lockMinutes: number
  /** The longest it ever stays closed (parameter signIn.maxLockMinutes); after as long a rest the first time begins anew. */
  readonly maxLockMinutes: number
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
  const locks = rested(before, now, policy) ? 0 : (before?.locks ?? 0)
  if (failures < policy.max) return { admitted: true, next: { failures, since, lockedUntil: null, locks } }
  return { admitted: true, next: { failures, since, lockedUntil: now + lockMs(locks, policy), locks: locks + 1 } }
}

/** Doubling makes guessing on hopeless; the limit keeps a stranger from shutting somebody out for good. */
function lockMs(locks: number, policy: AttemptPolicy): number {
  return Math.min(policy.lockMinutes * 2 ** Math.min(locks, 30), policy.maxLockMinutes) * MINUTE_MS
}

/** Whether nobody has tried for so long after the last closing that a new one starts small again. */
function rested(before: Attempts | undefined, now: number, policy: AttemptPolicy): boolean {
  if (!before) return true
  return now - Math.max(before.lockedUntil ?? 0, before.since) >= policy.maxLockMinutes * MINUTE_MS
}

/** Takes one attempt back, because it turned out to be a right one. */
export function uncountAttempt(before: Attempts, policy: AttemptPolicy): Attempts {
  const failures = Math.max(0, before.failures - 1)
  if (failures >= policy.max || before.lockedUntil === null) return { ...before, failures }
  return { ...before, failures, lockedUntil: null, locks: Math.max(0, before.locks - 1) }
}

/** Whole minutes a person has to wait, at least 1; 0 when the door is open. */
export function waitMinutes(attempts: Attempts, now: number): number {
  const left = (attempts.lockedUntil ?? 0) - now
  return left > 0 ? Math.ceil(left / MINUTE_MS) : 0
}
