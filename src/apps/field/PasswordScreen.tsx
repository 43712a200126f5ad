import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { type ApiProblem, asApiProblem } from '#shell/api/problem.ts'
import { ErrorNote } from '#shell/phone/parts.tsx'
import { goBack } from '#shell/phone/router.tsx'
import { say } from '#shell/phone/said.tsx'
import { changePassword } from '#shell/session/operations.ts'
import { useSession, useSessionHandle } from '#shell/session/session.tsx'
import { mustChangeWords } from '#shell/session/watching.ts'

const fields = [
  { name: 'current', label: '当前密码', autoComplete: 'current-password' },
  { name: 'next', label: '新密码', autoComplete: 'new-password' },
  { name: 'again', label: '再输一遍新密码', autoComplete: 'new-password' },
] as const
type Name = (typeof fields)[number]['name']

/** Also the only page that opens while the administrator's first password has not been replaced. */
export function PasswordScreen(): ReactNode {
  const { mustChangePassword, password, login } = useSession()
  const [values, setValues] = useState<Readonly<Record<Name, string>>>({ current: '', next: '', again: '' })
  const { save, problem, wrong, busy } = useSave(values)
  const send = (event: FormEvent) => {
    event.preventDefault()
    void save()
  }
  return (
    <form className="p-form" onSubmit={send} noValidate>
      {mustChangePassword && <div className="p-notice">{mustChangeWords(password.expired)}</div>}
      {problem && <ErrorNote error={problem} />}
      {/* Password managers need the account beside the new password. */}
      <input type="text" autoComplete="username" value={login} readOnly hidden />
      {fields.map(({ name, label, autoComplete }) => (
        <div className="p-field" key={name}>
          <label className="p-label" htmlFor={name}>
            {label}
          </label>
          <input
            id={name}
            type="password"
            autoComplete={autoComplete}
            value={values[name]}
            onChange={(event) => setValues({ ...values, [name]: event.target.value })}
          />
          {wrong[name] && (
            <div className="p-field-error" role="alert">
              {wrong[name]}
            </div>
          )}
          {name === 'next' && <div className="p-hint">{password.rules}</div>}
        </div>
      ))}
      <div className="p-send">
        <button type="submit" className="p-button p-primary" disabled={busy}>
          {busy ? '正在保存…' : '保存新密码'}
        </button>
      </div>
    </form>
  )
}

type Wrong = Partial<Record<Name, string>>

function useSave(values: Readonly<Record<Name, string>>) {
  const { mustChangePassword } = useSession()
  const handle = useSessionHandle()
  const client = useQueryClient()
  const [problem, setProblem] = useState<ApiProblem>()
  const [wrong, setWrong] = useState<Wrong>({})
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setProblem(undefined)
    const said: Wrong = {
      ...(values.current ? {} : { current: '请输入当前密码' }),
      ...(values.next ? {} : { next: '请输入新密码' }),
      ...(values.next === values.again ? {} : { again: '两次输入的新密码不一致' }),
    }
    setWrong(said)
    if (Object.keys(said).length > 0) return
    setBusy(true)
    try {
      await changePassword(values.current, values.next)
      say('密码已修改')
      await client.invalidateQueries({ queryKey: ['session'] })
      await handle.refresh()
      if (!mustChangePassword) goBack('/me')
    } catch (error) {
      const refused = asApiProblem(error)
      setProblem(refused)
      setWrong(Object.fromEntries(refused.fields.map(({ path, message }) => [path, message])))
    } finally {
      setBusy(false)
    }
  }
  return { save, problem, wrong, busy }
}
