import { Input } from 'antd'
import type { FieldSpec } from '#shell/form/types.ts'

/** A first password, typed twice; it is never kept as a draft in clear because drafts skip password fields. */
export const passwordFields: readonly FieldSpec[] = [
  {
    kind: 'custom',
    name: 'password',
    label: '初始密码',
    required: true,
    help: '须符合密码规则；首次登录后须修改',
    render: ({ id, value, onChange }) => (
      <Input.Password
        {...(id ? { id } : {})}
        autoComplete="new-password"
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange?.(event.target.value)}
      />
    ),
  },
  {
    kind: 'custom',
    name: 'confirmPassword',
    label: '再次输入密码',
    required: true,
    render: ({ id, value, onChange }) => (
      <Input.Password
        {...(id ? { id } : {})}
        autoComplete="new-password"
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange?.(event.target.value)}
      />
    ),
  },
]
