import { z } from 'zod'
import { SessionView } from '#kernel/session.ts'
import { callPlain } from '../api/client.ts'
import { ApiProblem } from '../api/problem.ts'

/** An account of the demo county, offered on the sign-in page only while the server says it holds demo data. */
const DemoAccount = z.object({ login: z.string(), name: z.string(), role: z.string(), password: z.string() })
export type DemoAccount = z.infer<typeof DemoAccount>
const DemoAccounts = z.union([z.array(DemoAccount), z.object({ accounts: z.array(DemoAccount) })])

export async function fetchSession(): Promise<SessionView> {
  return SessionView.parse(await callPlain('identity.session', 'GET'))
}

export async function signIn(login: string, password: string): Promise<void> {
  await callPlain('identity.signIn', 'POST', { login, password })
}

export async function signOut(): Promise<void> {
  await callPlain('identity.signOut', 'POST')
}

export async function changePassword(current: string, next: string): Promise<void> {
  await callPlain('identity.changePassword', 'POST', { current, next })
}

/** The demo accounts, or an empty list where the server has no demo data (and then no such operation). */
export async function fetchDemoAccounts(): Promise<readonly DemoAccount[]> {
  try {
    const answer = DemoAccounts.safeParse(await callPlain('identity.demoAccounts', 'GET'))
    if (!answer.success) return []
    return Array.isArray(answer.data) ? answer.data : answer.data.accounts
  } catch (error) {
    if (error instanceof ApiProblem) return []
    throw error
  }
}
