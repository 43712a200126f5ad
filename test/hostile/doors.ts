import type { OperationContract } from '#kernel/contract.ts'
import type { TestProduct } from '#test/kit/product.ts'

/** How an operation is sent: the body of a POST, or the query string of a GET. */
export interface Door {
  readonly contract: OperationContract
  readonly method: 'GET' | 'POST'
  /** False for operations of a session, whose body is the input itself. */
  readonly envelope: boolean
  /** True when nothing that is sent along is looked at: reads of one's own session. */
  readonly takesNothing?: boolean
}

/** Every operation that has an address. */
export function doorsOf({ product: { modules } }: TestProduct): Door[] {
  return modules.all.flatMap((module): Door[] => [
    ...(module.actions ?? []).flatMap(({ contract }) =>
      contract.internal ? [] : [{ contract, method: 'POST' as const, envelope: true }],
    ),
    ...[...(module.queries ?? []), ...(module.downloads ?? [])].map(({ contract }) => ({
      contract,
      method: 'GET' as const,
      envelope: false,
    })),
    ...(module.plain ?? []).map(({ contract, method }) => ({
      contract,
      method,
      envelope: false,
      takesNothing: method === 'GET',
    })),
  ])
}
