import type { z } from 'zod'
import { coreErrors, type FieldError, refuse } from './errors.ts'

/** Parses input with a contract's schema; a mismatch is refused as `core.invalidInput` with every field named. */
export function parseInput<I extends z.ZodType>(schema: I, input: unknown): z.output<I> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const fields: FieldError[] = parsed.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: issue.message,
  }))
  return refuse(coreErrors.invalidInput, { fields, detail: fields[0]?.message })
}
