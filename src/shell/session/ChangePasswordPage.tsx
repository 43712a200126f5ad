import { useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Card, Form, Input, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { type ApiProblem, asApiProblem } from '../api/problem.ts'
import { changePassword } from './operations.ts'
import { useSession, useSessionHandle } from './session.tsx'
import { mustChangeWords } from './watching.ts'

interface PasswordValues {
  readonly current: string
  readonly next: string
  readonly again: string
}

/** Also the only page that opens while the administrator's first password has not been replaced. */
export default function ChangePasswordPage(): ReactNode {
  const { mustChangePassword, password, login } = useSession()
  const { message } = App.useApp()
  const handle = useSessionHandle()
  const client = useQueryClient()
  const [form] = Form.useForm<PasswordValues>()
  const [problem, setProblem] = useState<ApiProblem>()
  const [sending, setSending] = useState(false)
  const save = async ({ current, next }: PasswordValues) => {
    setSending(true)
    setProblem(undefined)
    try {
      await changePassword(current, next)
      message.success('密码已修改')
      form.resetFields()
      await client.invalidateQueries({ queryKey: ['session'] })
      await handle.refresh()
    } catch (error) {
      const refused = asApiProblem(error)
      setProblem(refused)
      form.setFields(
        refused.fields
          .filter(({ path }) => path === 'current' || path === 'next')
          .map(({ path, message: words }) => ({ name: path as 'current' | 'next', errors: [words] })),
      )
    } finally {
      setSending(false)
    }
  }
  return (
    <Card style={{ maxWidth: 480, margin: '24px auto' }}>
      <Typography.Title level={1} style={{ fontSize: 20, marginTop: 0 }}>
        修改密码
      </Typography.Title>
      {mustChangePassword && (
        <Alert type="info" showIcon title={mustChangeWords(password.expired)} style={{ marginBottom: 16 }} />
      )}
      {problem && <Alert type="error" showIcon role="alert" title={problem.detail} style={{ marginBottom: 16 }} />}
      <Form form={form} layout="vertical" onFinish={save}>
        {/* Password managers need the account beside the new password. */}
        <input type="text" autoComplete="username" value={login} readOnly hidden />
        <PasswordFields rules={password.rules} />
        <Button type="primary" htmlType="submit" loading={sending}>
          保存新密码
        </Button>
      </Form>
    </Card>
  )
}

function PasswordFields({ rules }: { rules: string }): ReactNode {
  return (
    <>
      <Form.Item name="current" label="当前密码" rules={[{ required: true, message: '请输入当前密码' }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="next" label="新密码" extra={rules} rules={[{ required: true, message: '请输入新密码' }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label="再输一遍新密码"
        dependencies={['next']}
        rules={[
          { required: true, message: '请再输一遍新密码' },
          ({ getFieldValue }) => ({
            validator: async (_rule, value) => {
              if (value && value !== getFieldValue('next')) throw new Error('两次输入的新密码不一致')
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  )
}
