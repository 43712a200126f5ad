import type { OperationContract } from '#kernel/contract.ts'
import { coreErrors, Problem } from '#kernel/errors.ts'
import { fileErrors } from '../files/errors.ts'

const core: ReadonlySet<unknown> = new Set(Object.values(coreErrors))
const ofFiles: ReadonlySet<unknown> = new Set(Object.values(fileErrors))

/** Whether the contract lets its operation end with this refusal: its own errors, the core ones, and those of attachments. */
export function declares(contract: OperationContract, problem: Problem): boolean {
  const { def } = problem
  return core.has(def) || contract.errors.includes(def) || (ofFiles.has(def) && takesAttachments(contract))
}

function takesAttachments(contract: OperationContract): boolean {
  const { input } = contract
  return 'shape' in input && typeof input.shape === 'object' && input.shape !== null && 'attachments' in input.shape
}

/** Passes the error on; a refusal its contract does not name becomes a programming error that no caller can overlook. */
export function rethrowDeclared(contract: OperationContract, error: unknown): never {
  if (error instanceof Problem && !declares(contract, error)) {
    throw new Error(`${contract.id} refused with ${error.def.code}, which its contract does not name`, { cause: error })
  }
  throw error
}
