import {
  type InfiniteData,
  keepPreviousData,
  QueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { z } from 'zod'
import type { ActionContract, ActionResult, QueryContract } from '#kernel/contract.ts'
import type { Page } from '#kernel/paging.ts'
import { type ActionCall, ask, runAction } from './client.ts'
import type { ApiProblem } from './problem.ts'

/** The one cache of the page. The client repeats lost requests itself, so the cache must not repeat them again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: 10_000, refetchOnWindowFocus: true, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

export interface AskOptions {
  readonly enabled?: boolean
  /** Keeps the last answer on the screen while the next page loads, so that a list does not jump. */
  readonly keepPrevious?: boolean
  /** How long an answer counts as fresh, in ms; reference data may stay for minutes. */
  readonly staleTime?: number
  readonly refetchInterval?: number
}

export function askKey(contract: QueryContract, input: unknown): readonly unknown[] {
  return ['ask', contract.id, input]
}

/** Reads through a query contract. Errors are ApiProblem. */
export function useAsk<I extends z.ZodType, O extends z.ZodType>(
  contract: QueryContract<I, O>,
  input: z.input<I>,
  options: AskOptions = {},
): UseQueryResult<z.output<O>, ApiProblem> {
  return useQuery<z.output<O>, ApiProblem>({
    queryKey: askKey(contract, input),
    queryFn: ({ signal }) => ask(contract, input, signal),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    ...(options.refetchInterval === undefined ? {} : { refetchInterval: options.refetchInterval }),
  })
}

/**
 * Reads a list page after page, for screens that grow while they are scrolled. Going back to such a screen shows what
 * had been loaded, so that the reader stands where they left.
 */
export function useAskPages<I extends z.ZodType, R>(
  contract: QueryContract<I, z.ZodType<Page<R>>>,
  input: z.input<I> & object,
  size: number,
): UseInfiniteQueryResult<InfiniteData<Page<R>>, ApiProblem> {
  return useInfiniteQuery<Page<R>, ApiProblem, InfiniteData<Page<R>>, readonly unknown[], number>({
    queryKey: [...askKey(contract, input), 'pages'],
    queryFn: ({ pageParam, signal }) => ask(contract, { ...input, page: pageParam, size }, signal),
    initialPageParam: 1,
    getNextPageParam: ({ total }, pages) => (pages.length * size < total ? pages.length + 1 : undefined),
  })
}

export interface ActionVariables<I> extends ActionCall<I> {
  /** Minted once per opening of a form; without it each call is an action of its own. */
  readonly actionId?: string
}

/**
 * Runs an action contract. Afterwards every answer on the screen is asked anew: an action may move numbers, lists and
 * the inbox of other capabilities, and a stale number next to a fresh record is what officials stop trusting.
 */
export function useAction<I extends z.ZodType, O extends z.ZodType>(
  contract: ActionContract<I, O>,
): UseMutationResult<ActionResult<z.output<O>>, ApiProblem, ActionVariables<z.input<I>>> {
  const client = useQueryClient()
  return useMutation<ActionResult<z.output<O>>, ApiProblem, ActionVariables<z.input<I>>>({
    mutationFn: ({ actionId, ...call }) => runAction(contract, call, actionId),
    onSuccess: () => void client.invalidateQueries(),
  })
}
