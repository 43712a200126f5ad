import { refuse } from '#kernel/errors.ts'
import type { Day } from '#kernel/time.ts'
import type { Parameters } from '#platform/parameters/parameters.ts'
import { identityErrors, type PasswordPolicy, passwordProblem } from '../model/index.ts'

/** What the county asks of a new password on a day. */
export const policyOn = (parameters: Parameters, today: Day): PasswordPolicy => ({
  minLength: parameters.number('password.minLength', today),
  minClasses: parameters.number('password.minClasses', today),
})

/** Refuses a password that breaks a rule, with the rule at the field it was typed in. */
export function checkPassword(
  parameters: Parameters,
  today: Day,
  { password, login, field }: { readonly password: string; readonly login: string; readonly field: string },
): void {
  const problem = passwordProblem(password, login, policyOn(parameters, today))
  if (problem) {
    refuse(identityErrors.passwordUnfit, { detail: problem, fields: [{ path: field, message: problem }] })
  }
}
