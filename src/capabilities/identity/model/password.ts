import { addDays, type Day, diffDays } from '#kernel/time.ts'

/** What the county asks of passwords. */
export interface PasswordPolicy {
  /** Characters at least (parameter password.minLength). */
  readonly minLength: number
  /** Of lower-case, upper-case, digits and signs at least so many (parameter password.minClasses). */
  readonly minClasses: number
}

export const passwordMaxLength = 128

/** What guessing programs try first; a password that contains one of them is as good as that word. */
const wellKnown =
  /123456|654321|111111|000000|888888|666666|abcdef|abc123|123abc|qwerty|asdfgh|zxcvbn|1qaz|qazwsx|password|passw0rd|p@ssw0rd|admin|root123|iloveyou|woaini|5201314/i

/** Rules for a new password; returns what is wrong in words for the person, or undefined when it may be used. */
export function passwordProblem(password: string, login: string, policy: PasswordPolicy): string | undefined {
  // Counted in characters as a person counts them, not in UTF-16 halves.
  const length = [...password].length
  if (length < policy.minLength) return `密码至少${policy.minLength}位，现在只有${length}位`
  if (length > passwordMaxLength) return `密码最多${passwordMaxLength}位，现在有${length}位`
  if (password !== password.trim()) return '密码的开头和结尾不能是空格'
  if (passwordClasses(password) < policy.minClasses) return `密码须包含${classWords(policy)}`
  if (new Set(password).size < 4) return '密码重复的字符太多，请换一个'
  if (wellKnown.test(password)) return '密码里有常被猜到的内容（如 123456、admin、password），请换一个'
  if (login.length >= 3 && password.toLowerCase().includes(login.toLowerCase())) return '密码不能包含登录账号'
  return undefined
}

const counts = ['', '一', '两', '三', '四']
const classWords = ({ minClasses }: PasswordPolicy) =>
  `大写字母、小写字母、数字、符号中的至少${counts[minClasses] ?? minClasses}类`

/** The rules in one line, for the field in which a new password is chosen. */
export const policyWords = (policy: PasswordPolicy): string =>
  `至少${policy.minLength}位，含${classWords(policy)}；不能包含登录账号和常被猜到的内容`

/** How many of the four classes occur: lower-case, upper-case, digits, everything else. */
export function passwordClasses(password: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length
}

/** The last day a password set on a day may be used, or null where passwords do not run out (`maxAgeDays` 0). */
export function lastPasswordDay(setOn: Day, maxAgeDays: number): Day | null {
  return maxAgeDays > 0 ? addDays(setOn, maxAgeDays - 1) : null
}

/** Whole days left, today included: 0 when the password has run out, undefined where it never does. */
export function passwordDaysLeft(setOn: Day, maxAgeDays: number, today: Day): number | undefined {
  const last = lastPasswordDay(setOn, maxAgeDays)
  return last === null ? undefined : Math.max(0, diffDays(today, last) + 1)
}
