import { Card, Modal, Typography } from 'antd'
import type { ReactNode } from 'react'
import { DemoMark, SignInForm } from './SignInForm.tsx'
import { useSession, useSessionHandle } from './session.tsx'

export const productName = '治本攻坚运行系统'

/** Shown in place of any address while nobody is signed in; the address stays, so signing in leads straight to it. */
export function SignInPage(): ReactNode {
  const { refresh } = useSessionHandle()
  return (
    <main className="zb-sign-in">
      <Card className="zb-sign-in-card">
        <Typography.Title level={1} style={{ fontSize: 24, marginTop: 0 }}>
          {productName}
        </Typography.Title>
        <Typography.Paragraph type="secondary">安全生产治本攻坚三年行动 · 县级工作平台</Typography.Paragraph>
        <DemoMark />
        <SignInForm onDone={refresh} />
      </Card>
    </main>
  )
}

/** Lies over the page when the session ended; what was typed below stays where it is. */
export function SessionEndedDialog({ why }: { why: string | undefined }): ReactNode {
  const { refresh } = useSessionHandle()
  const { login } = useSession()
  return (
    <Modal
      title="请重新登录"
      open={why !== undefined}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={null}
      destroyOnHidden
    >
      <Typography.Paragraph>{why}。您填写的内容还在，登录后可继续办理。</Typography.Paragraph>
      <SignInForm login={login} onDone={refresh} />
    </Modal>
  )
}
