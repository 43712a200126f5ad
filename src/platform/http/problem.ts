import { coreErrors, type ErrorDef, Problem } from '#kernel/errors.ts'
import { pgCode } from '../actions/runner.ts'
import { type Outage, outageOf } from '../db/outage.ts'

/** RFC 9457 body of every error answer. */
export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly fields: readonly { path: string; message: string }[]
  readonly data?: Readonly<Record<string, unknown>>
  readonly retryable: boolean
  readonly requestId: string
}

export function problemBody(problem: Problem, requestId: string): ProblemBody {
  const { def } = problem
  return {
    type: `urn:zhiben:problem:${def.code}`,
    title: def.message,
    status: def.status,
    code: def.code,
    detail: problem.detail ?? def.message,
    fields: problem.fields,
    ...(problem.data ? { data: problem.data } : {}),
    retryable: def.retryable,
    requestId,
  }
}

/** Errors of the HTTP framework, by its own codes. */
const frameworkErrors: Record<string, ErrorDef> = {
  FST_ERR_CTP_INVALID_JSON_BODY: coreErrors.invalidInput,
  FST_ERR_CTP_EMPTY_JSON_BODY: coreErrors.invalidInput,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: coreErrors.invalidInput,
  FST_ERR_CTP_BODY_TOO_LARGE: coreErrors.tooLarge,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: coreErrors.unsupportedType,
  FST_ERR_BAD_URL: coreErrors.invalidInput,
}

/** PostgreSQL's constraint violations. Effects check all of them first; only a race comes this far. */
const violations: Record<string, ErrorDef> = {
  '23505': coreErrors.duplicate,
  '23503': coreErrors.referenceGone,
  '23502': coreErrors.invalidInput,
  '23514': coreErrors.invalidInput,
  '23P01': coreErrors.duplicate,
}

const outages: Record<Outage, ErrorDef> = { unreachable: coreErrors.unavailable, diskFull: coreErrors.diskFull }

/** Turns anything thrown into a Problem. What nobody foresaw becomes `core.internal`, never a leaked message. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const code = codeOf(error)
  const known = frameworkErrors[code]
  if (known) return new Problem(known)
  // PostgreSQL class 22: a value the database cannot hold; the person's input, not our fault.
  if (/^22/.test(code)) {
    return new Problem(coreErrors.invalidInput, {
      detail: '填写的内容含有无法保存的字符或超出范围的数值，请修改后重试',
    })
  }
  // Class 23: what two people did at the same moment, or what was taken away meanwhile, met in the database.
  const violation = violations[code]
  if (violation) return new Problem(violation)
  const outage = outageOf(error)
  if (outage) return new Problem(outages[outage])
  if (statusOf(error) === 429) return new Problem(coreErrors.tooMany)
  if (statusOf(error) === 404) return new Problem(coreErrors.unknownOperation)
  if (statusOf(error) >= 400 && statusOf(error) < 500) return new Problem(coreErrors.invalidInput)
  return new Problem(coreErrors.internal)
}

const codeOf = (error: unknown): string => pgCode(error) ?? ''

function statusOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 0
}
