import type { ReactNode } from 'react'
import { useSession, useSessionHandle } from '#shell/session/session.tsx'
import { useSessionWatch } from '#shell/session/use-session-watch.ts'
import { remainingWords } from '#shell/session/watching.ts'

/** Above the tabs before a session ends: what happens, when, and the one thing to do about it. */
export function SessionBar(): ReactNode {
  const { warning, stay } = useSessionWatch()
  const { signInAgain } = useSessionHandle()
  const { password } = useSession()
  if (!warning) {
    if (password.daysLeft === null || password.daysLeft > 3) return null
    return (
      <div className="p-session-bar" role="status">
        密码还有{password.daysLeft}天到期，请到“我的”中修改
      </div>
    )
  }
  const left = remainingWords(warning.seconds)
  const idle = warning.kind === 'idle'
  return (
    <div className="p-session-bar" role="alert">
      <span>{idle ? `${left}后自动退出，填写的内容会保留` : `本次登录${left}后到期，填写的内容会保留`}</span>
      <button type="button" className="p-button" onClick={idle ? stay : () => signInAgain('本次登录即将到期')}>
        {idle ? '继续使用' : '重新登录'}
      </button>
    </div>
  )
}
