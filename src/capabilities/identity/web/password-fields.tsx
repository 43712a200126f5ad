import { Input } from 'antd'
import type { ReactNode } from 'react'
import type { CustomControl, FieldSpec } from '#shell/form/types.ts'
import { useSession } from '#shell/session/session.tsx'

/** A first password, typed twice; it is never kept as a draft in clear because drafts skip password fields. */
export const passwordFields: readonly FieldSpec[] = [
  {
    kind: 'custom',
    name: 'password',
    label: '初始密码',
    required: true,
    help: <Rules />,
    render: (control) => <PasswordInput {...control} />,
  },
  {
    kind: 'custom',
    name: 'confirmPassword',
    label: '再次输入密码',
    required: true,
    render: (control) => <PasswordInput {...control} />,
  },
]

function Rules(): ReactNode {
  const { password } = useSession()
  return <>{password.rules}。请当面告知本人，首次登录后须修改</>
}

function PasswordInput({ id, value, onChange }: CustomControl): ReactNode {
  return (
    <Input.Password
      {...(id ? { id } : {})}
      autoComplete="new-password"
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange?.(event.target.value)}
    />
  )
}
