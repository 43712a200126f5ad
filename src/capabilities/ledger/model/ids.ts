import { z } from 'zod'

/** The name of a ledger, as its pack gives it. */
export const LedgerId = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)*$/, '没有这本台账')
  .max(33, '没有这本台账')
