import { Link } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useSession, useSessionHandle } from './session.tsx'
import { useSessionWatch } from './use-session-watch.ts'
import { remainingWords } from './watching.ts'

/** Stands at the foot of the window before a session ends, and tells of a password that will run out. */
export function SessionWatch(): ReactNode {
  const { warning, stay } = useSessionWatch()
  if (!warning) return <PasswordNotice />
  const left = remainingWords(warning.seconds)
  const idle = warning.kind === 'idle'
  return (
    <div className="zb-foot zb-no-print">
      <Alert
        type="warning"
        showIcon
        role="alert"
        title={
          idle
            ? `已有一段时间没有操作，${left}后自动退出；填写的内容会保留`
            : `本次登录${left}后到期；到期后须重新登录，填写的内容会保留`
        }
        action={
          idle ? (
            <Button size="small" type="primary" onClick={stay}>
              继续使用
            </Button>
          ) : (
            <SignInAgain />
          )
        }
      />
    </div>
  )
}

function SignInAgain(): ReactNode {
  const { signInAgain } = useSessionHandle()
  return (
    <Button size="small" type="primary" onClick={() => signInAgain('本次登录即将到期')}>
      现在重新登录
    </Button>
  )
}

/** Days before its end from which on a password is spoken of. */
const noticeDays = 10

function PasswordNotice(): ReactNode {
  const { password, mustChangePassword } = useSession()
  const [open, setOpen] = useState(true)
  const { daysLeft } = password
  if (!open || mustChangePassword || daysLeft === null || daysLeft > noticeDays) return null
  return (
    <div className="zb-foot zb-no-print">
      <Alert
        type="info"
        showIcon
        title={daysLeft === 1 ? '密码今天到期，请现在修改' : `密码还有${daysLeft}天到期，请尽快修改`}
        action={<Link to={'/account/password' as string}>修改密码</Link>}
        closable={{ onClose: () => setOpen(false) }}
      />
    </div>
  )
}
