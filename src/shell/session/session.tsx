import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { coreErrors } from '#kernel/errors.ts'
import type { SessionView } from '#kernel/session.ts'
import type { Day } from '#kernel/time.ts'
import { onSessionEnded } from '../api/client.ts'
import { type ApiProblem, asApiProblem } from '../api/problem.ts'
import { fetchSession, signOut } from './operations.ts'

export type SessionState =
  | { readonly status: 'loading' }
  | { readonly status: 'out' }
  | { readonly status: 'failed'; readonly problem: ApiProblem }
  /** `ended`: why the session is over, in words; undefined while it stands. */
  | { readonly status: 'in'; readonly view: SessionView; readonly ended: string | undefined }

interface SessionHandle {
  readonly state: SessionState
  /** Reads the session anew after signing in or changing the password. */
  refresh(): Promise<void>
  leave(): Promise<void>
  /** Tells the server that somebody is here, and learns what it knows of the session now. */
  touch(): Promise<void>
  /** Asks for signing in anew before the session ends by itself; what stands on the screen stays. */
  signInAgain(why: string): void
}

const SessionContext = createContext<SessionHandle | undefined>(undefined)

/**
 * Holds the session. When it ends while someone works, the page stays as it is under the sign-in window: whoever signs
 * in again with the same account goes on where they were, drafts included.
 */
export function SessionProvider({ children }: { children: ReactNode }): ReactNode {
  const client = useQueryClient()
  const [ended, setEnded] = useState<string>()
  const query = useQuery({ queryKey: ['session'], queryFn: fetchSession, staleTime: 60_000 })
  useEffect(() => onSessionEnded(setEnded), [])
  const accountId = query.data?.accountId
  const handle = useMemo<SessionHandle>(
    () => ({
      state: stateOf(query.data, query.error, ended),
      async refresh() {
        const view = await fetchSession()
        // What is on the screen belongs to the account that opened it; another account must not inherit it.
        if (accountId !== undefined && accountId !== view.accountId) return window.location.reload()
        client.setQueryData(['session'], view)
        setEnded(undefined)
        await client.invalidateQueries()
      },
      async touch() {
        client.setQueryData(['session'], await fetchSession())
      },
      signInAgain: setEnded,
      async leave() {
        await signOut()
        window.location.assign('/')
      },
    }),
    [query.data, query.error, ended, accountId, client],
  )
  return <SessionContext value={handle}>{children}</SessionContext>
}

function stateOf(view: SessionView | undefined, error: Error | null, ended: string | undefined): SessionState {
  if (view) return { status: 'in', view, ended }
  if (!error) return { status: 'loading' }
  const problem = asApiProblem(error)
  return problem.code === coreErrors.signInFirst.code ? { status: 'out' } : { status: 'failed', problem }
}

export function useSessionHandle(): SessionHandle {
  const handle = useContext(SessionContext)
  if (!handle) throw new Error('SessionProvider is missing above this component')
  return handle
}

/** The signed-in session. Only for components below the frame, which shows them to nobody else. */
export function useSession(): SessionView {
  const { state } = useSessionHandle()
  if (state.status !== 'in') throw new Error('useSession was called while nobody is signed in')
  return state.view
}

/** Whether the account holds the permission anywhere; 'session' and 'public' are held by everyone who is signed in. */
export function useCan(permission: string): boolean {
  return mayUse(useSession(), permission)
}

export function mayUse(view: SessionView, permission: string | undefined): boolean {
  if (permission === undefined || permission === 'session' || permission === 'public') return true
  return view.permissions.includes(permission)
}

/** The server's legal day; days left are counted from it. */
export function useToday(): Day {
  return useSession().today
}
