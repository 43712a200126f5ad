/** What is known of a session in this browser; all instants in milliseconds of the browser's own clock. */
export interface Watched {
  readonly now: number
  /** When it ends however busy its owner is. */
  readonly endsAt: number
  /** How long it lives without a request. */
  readonly idleMs: number
  /** The last answer of the server. */
  readonly lastContact: number
  /** The last key or touch. */
  readonly lastInput: number
}

export interface SessionWarning {
  /** `idle`: nobody has touched anything for long; `ending`: its time is up soon, whatever is done. */
  readonly kind: 'idle' | 'ending'
  readonly seconds: number
}

export interface WatchOutcome {
  /** Somebody is working on a page that asks the server nothing: tell it, or the session ends under their hands. */
  readonly tell: boolean
  /** The server has to be asked whether the session is over: another window may have kept it alive. */
  readonly check: boolean
  readonly warning: SessionWarning | undefined
}

const minute = 60_000
const warnBeforeEnd = 10 * minute
/** The server writes down that it has seen a session at most once a minute, so it may count from a minute earlier. */
const slack = minute

/** Decides what to do about the end of a session. Pure: the clock, the hands and the server are told to it. */
export function watchSession({ now, endsAt, idleMs, lastContact, lastInput }: Watched): WatchOutcome {
  const before = Math.min(5 * minute, idleMs / 4)
  const idleEnd = lastContact - slack + idleMs
  const tell = lastInput > lastContact && now - lastContact >= before
  const seconds = (until: number) => Math.max(0, Math.ceil((until - now) / 1000))
  const over = idleEnd + slack + 5_000 <= now || endsAt + 5_000 <= now
  if (endsAt - now <= warnBeforeEnd) {
    return { tell, check: over, warning: { kind: 'ending', seconds: seconds(endsAt) } }
  }
  const idle = !tell && idleEnd - now <= before
  return { tell, check: over, warning: idle ? { kind: 'idle', seconds: seconds(idleEnd) } : undefined }
}

/** 4分05秒, 38秒. */
export function remainingWords(seconds: number): string {
  const rest = seconds % 60
  return seconds < 60 ? `${rest}秒` : `${Math.floor(seconds / 60)}分${String(rest).padStart(2, '0')}秒`
}

/** Why nothing but the change of the password opens. */
export const mustChangeWords = (expired: boolean): string =>
  expired ? '密码已到更换期限，修改后才能继续使用' : '首次登录（或密码被重置后）请先修改初始密码'
