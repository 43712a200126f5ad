import { LockOutlined, UserOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Typography } from 'antd'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { type ApiProblem, asApiProblem } from '../api/problem.ts'
import { type DemoAccount, fetchDemoAccounts, signIn } from './operations.ts'

interface SignInValues {
  readonly login: string
  readonly password: string
}

/** Account and password. `login` fixes the account when a session ended and the same person comes back. */
export function SignInForm({ login, onDone }: { login?: string; onDone(): Promise<void> }): ReactNode {
  const [form] = Form.useForm<SignInValues>()
  const [problem, setProblem] = useState<ApiProblem>()
  const [sending, setSending] = useState(false)
  const [capsLock, setCapsLock] = useState(false)
  const send = async ({ login: name, password }: SignInValues) => {
    setSending(true)
    setProblem(undefined)
    try {
      await signIn(name.trim(), password)
      await onDone()
    } catch (error) {
      setProblem(asApiProblem(error))
      form.setFieldValue('password', '')
      form.focusField('password')
    } finally {
      setSending(false)
    }
  }
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={send} initialValues={{ login: login ?? '' }}>
      {problem && <Alert type="error" showIcon role="alert" title={problem.detail} style={{ marginBottom: 16 }} />}
      <Form.Item name="login" label="账号" rules={[{ required: true, message: '请输入账号' }]}>
        <Input
          prefix={<UserOutlined aria-hidden />}
          autoComplete="username"
          size="large"
          autoFocus={!login}
          readOnly={login !== undefined}
        />
      </Form.Item>
      <Form.Item
        name="password"
        label="密码"
        rules={[{ required: true, message: '请输入密码' }]}
        extra={capsLock ? '大写锁定已打开，请注意密码大小写' : undefined}
      >
        <Input.Password
          prefix={<LockOutlined aria-hidden />}
          autoComplete="current-password"
          size="large"
          autoFocus={login !== undefined}
          onKeyDown={watchCapsLock}
          onKeyUp={watchCapsLock}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={sending}>
        登录
      </Button>
      {/* Whoever comes back to a page goes on as the same person; another one would lose what stands there. */}
      {login === undefined && <DemoAccounts onPick={(account) => void send(account)} />}
    </Form>
  )
}

/** Empty unless the server holds generated demo data. */
function useDemoAccounts(): readonly DemoAccount[] | undefined {
  return useQuery({
    queryKey: ['demoAccounts'],
    queryFn: fetchDemoAccounts,
    staleTime: Number.POSITIVE_INFINITY,
  }).data
}

/** Beside the product's name, so that nobody takes the made-up county for a real one. */
export function DemoMark(): ReactNode {
  const data = useDemoAccounts()
  if (!data || data.length === 0) return null
  return <Alert type="info" title="演示：单位、人员和隐患均为虚构" style={{ marginBottom: 16 }} />
}

/** Present only where the server holds generated demo data; elsewhere the server has no such list. */
function DemoAccounts({ onPick }: { onPick(account: DemoAccount): void }): ReactNode {
  const data = useDemoAccounts()
  if (!data || data.length === 0) return null
  return (
    <section aria-label="演示账号" style={{ marginTop: 24 }}>
      <Typography.Paragraph type="secondary" style={{ marginBottom: 8 }}>
        点击下列演示账号直接进入：
      </Typography.Paragraph>
      <ul className="zb-demo-accounts">
        {data.map((account) => (
          <li key={account.login}>
            <Button block onClick={() => onPick(account)} className="zb-demo-account">
              <span>{account.role}</span>
              <Typography.Text type="secondary" ellipsis>
                {account.name ? `${account.name}（${account.login}）` : account.login}
              </Typography.Text>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
