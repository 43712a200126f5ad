import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type InputHTMLAttributes, type ReactNode, useState } from 'react'
import { type ApiProblem, asApiProblem } from '#shell/api/problem.ts'
import { openOffice } from '#shell/phone/entry.ts'
import { ErrorNote } from '#shell/phone/parts.tsx'
import { fetchDemoAccounts, signIn } from '#shell/session/operations.ts'
import { useSessionHandle } from '#shell/session/session.tsx'

/** Shown in place of any address while nobody is signed in; signing in leads straight to that address. */
export function SignInScreen(): ReactNode {
  return (
    <main className="p-sign-in">
      <div>
        <h1>治本攻坚运行系统</h1>
        <p className="p-hint">安全生产治本攻坚三年行动 · 手机版</p>
      </div>
      <SignInForm />
      <button type="button" className="p-link" onClick={openOffice}>
        使用电脑版
      </button>
    </main>
  )
}

/** Account and password. `login` fixes the account when a session ended and the same person comes back. */
export function SignInForm({ login: known = '' }: { login?: string }): ReactNode {
  const { enter, problem, busy } = useEntering()
  const [login, setLogin] = useState(known)
  const [password, setPassword] = useState('')
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (!(await enter(login, password))) setPassword('')
  }
  return (
    <>
      <form className="p-form" onSubmit={(event) => void send(event)}>
        {problem && <ErrorNote error={problem} />}
        <Typed
          id="login"
          label="账号"
          value={login}
          onChange={setLogin}
          autoComplete="username"
          autoCapitalize="none"
          readOnly={known !== ''}
        />
        <Typed
          id="password"
          label="密码"
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
        <button type="submit" className="p-button p-primary" disabled={busy}>
          {busy ? '正在登录…' : '登录'}
        </button>
      </form>
      {known === '' && <DemoAccounts onPick={(name, secret) => void enter(name, secret)} />}
    </>
  )
}

/** Signs in; false when it was refused, with the reason in `problem`. */
function useEntering() {
  const { refresh } = useSessionHandle()
  const [problem, setProblem] = useState<ApiProblem>()
  const [busy, setBusy] = useState(false)
  const enter = async (name: string, secret: string): Promise<boolean> => {
    setBusy(true)
    setProblem(undefined)
    try {
      await signIn(name.trim(), secret)
      await refresh()
      return true
    } catch (error) {
      setProblem(asApiProblem(error))
      return false
    } finally {
      setBusy(false)
    }
  }
  return { enter, problem, busy }
}

type TypedProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> & {
  readonly id: string
  readonly label: string
  onChange(value: string): void
}

function Typed({ label, onChange, ...rest }: TypedProps): ReactNode {
  return (
    <div className="p-field">
      <label className="p-label" htmlFor={rest.id}>
        {label}
      </label>
      <input {...rest} required onChange={(event) => onChange(event.target.value)} />
    </div>
  )
}

/** Present only where the server holds generated demo data; elsewhere the server has no such list. */
function DemoAccounts({ onPick }: { onPick(login: string, password: string): void }): ReactNode {
  const { data = [] } = useQuery({
    queryKey: ['demoAccounts'],
    queryFn: fetchDemoAccounts,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (data.length === 0) return null
  return (
    <section aria-label="演示账号" className="p-form">
      <p className="p-hint">演示系统，数据均为生成。点击下列账号直接进入：</p>
      {data.map((account) => (
        <button
          key={account.login}
          type="button"
          className="p-button p-demo-account"
          onClick={() => onPick(account.login, account.password)}
        >
          <span>{account.role}</span>
          <small>
            {account.name}（{account.login}）
          </small>
        </button>
      ))}
    </section>
  )
}
