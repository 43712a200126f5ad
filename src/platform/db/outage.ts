import { pgCode } from '../actions/runner.ts'

/** Nobody's fault who asked: the same request succeeds once the database answers again, or the disk has room again. */
export type Outage = 'unreachable' | 'diskFull'

const connectionCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE'])
/** 53100 is PostgreSQL's word for the same thing. */
const fullCodes = new Set(['53100', 'ENOSPC', 'EDQUOT'])

/** What of the ground under the product is missing, when that is why something failed. */
export function outageOf(error: unknown): Outage | undefined {
  const code = pgCode(error) ?? ''
  if (fullCodes.has(code)) return 'diskFull'
  // Classes 08 (connection), 53 (too many connections, out of memory), 57 (shutting down, starting up).
  if (/^(08|53|57)/.test(code) || connectionCodes.has(code) || isConnectionLost(error)) return 'unreachable'
  return undefined
}

/** What the driver itself says has no code. */
function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (/timeout exceeded when trying to connect|Connection terminated|not queryable/.test(error.message)) return true
  return error.cause !== undefined && isConnectionLost(error.cause)
}
