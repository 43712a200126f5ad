export const passwordMinLength = 10
export const passwordMaxLength = 128

/** Rules for a new password; returns what is wrong in words for the person, or undefined when it may be used. */
export function passwordProblem(password: string, login = ''): string | undefined {
  // Counted in characters as a person counts them, not in UTF-16 halves.
  const length = [...password].length
  if (length < passwordMinLength) return `密码至少${passwordMinLength}位，现在只有${length}位`
  if (length > passwordMaxLength) return `密码最多${passwordMaxLength}位，现在有${length}位`
  if (password !== password.trim()) return '密码的开头和结尾不能是空格'
  if (passwordClasses(password) < 2) return '密码须包含大写字母、小写字母、数字、符号中的至少两类'
  if (new Set(password).size < 4) return '密码重复的字符太多，请换一个'
  if (login.length >= 3 && password.toLowerCase().includes(login.toLowerCase())) return '密码不能包含登录账号'
  return undefined
}

/** How many of the four classes occur: lower-case, upper-case, digits, everything else. */
export function passwordClasses(password: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length
}
