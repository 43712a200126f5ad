import type { ReactNode } from 'react'
import type { SessionView } from '#kernel/session.ts'
import { belongsOnPhone, wayToOffice } from '#shell/phone/entry.ts'
import { Icon, type IconName } from '#shell/phone/icons.tsx'
import { ErrorNote, Loading } from '#shell/phone/parts.tsx'
import { goBack, Link, usePlace } from '#shell/phone/router.tsx'
import { Said } from '#shell/phone/said.tsx'
import { mayUse, useSession, useSessionHandle } from '#shell/session/session.tsx'
import { PasswordScreen } from './PasswordScreen.tsx'
import { SessionBar } from './SessionBar.tsx'
import { SignInForm, SignInScreen } from './SignInScreen.tsx'
import { type Screen, screenAt } from './screens.tsx'

/** Decides what the phone shows: sign-in, the change of the first password, or the page of the address. */
export function FieldApp(): ReactNode {
  const { state } = useSessionHandle()
  if (state.status === 'loading') return <Loading />
  if (state.status === 'failed') return <ErrorNote error={state.problem} onRetry={() => window.location.reload()} />
  if (state.status === 'out') return <SignInScreen />
  return <SignedIn session={state.view} ended={state.ended} />
}

function SignedIn({ session, ended }: { session: SessionView; ended: string | undefined }): ReactNode {
  const place = usePlace()
  if (session.mustChangePassword) {
    return (
      <>
        <Frame screen={{ title: '修改密码', body: <PasswordScreen />, back: undefined }}>
          <PasswordScreen />
        </Frame>
        {ended !== undefined && <SessionEnded login={session.login} why={ended} />}
      </>
    )
  }
  // Officials work at a desk: their sessions go on in the office application unless they asked for these pages.
  if (!belongsOnPhone(session)) {
    window.location.replace(wayToOffice())
    return <Loading />
  }
  const screen = screenAt(place)
  return (
    <>
      <Frame screen={screen}>{screen.body}</Frame>
      <SessionBar />
      {ended !== undefined && <SessionEnded login={session.login} why={ended} />}
    </>
  )
}

function Frame({ screen, children }: { screen: Screen; children: ReactNode }): ReactNode {
  const { demo } = useSession()
  const { title, back, tabs = false } = screen
  return (
    <>
      <header className="p-head">
        {back && (
          <button type="button" aria-label="返回" onClick={() => goBack(back)}>
            <Icon name="back" size={24} />
          </button>
        )}
        <h1>{title}</h1>
        {demo && <span className="p-demo">演示</span>}
      </header>
      <main className={tabs ? 'p-main p-with-tabs' : 'p-main'}>{children}</main>
      {tabs && <Tabs />}
      <Said />
    </>
  )
}

interface Tab {
  readonly to: string
  readonly label: string
  readonly icon: IconName
  readonly permission?: string
}

const allTabs: readonly Tab[] = [
  { to: '/', label: '工作台', icon: 'home' },
  { to: '/hazards', label: '隐患', icon: 'list', permission: 'hazard.read' },
  { to: '/hazards/new', label: '登记', icon: 'add', permission: 'hazard.report' },
  { to: '/inbox', label: '消息', icon: 'bell' },
  { to: '/me', label: '我的', icon: 'person' },
]

/** Within reach of the thumb; a tab the account cannot use is not there. */
function Tabs(): ReactNode {
  const session = useSession()
  const { path } = usePlace()
  return (
    <nav className="p-tabs" aria-label="主菜单">
      {allTabs
        .filter((tab) => mayUse(session, tab.permission))
        .map(({ to, label, icon }) => (
          <Link key={to} to={to} {...(path === to ? { 'aria-current': 'page' } : {})}>
            <Icon name={icon} size={22} />
            {label}
            {to === '/inbox' && session.unread > 0 && (
              <span className="p-badge">
                {session.unread > 99 ? '99+' : session.unread}
                <span className="p-unseen">条未读</span>
              </span>
            )}
          </Link>
        ))}
    </nav>
  )
}

/** Lies over the page when the session ended; what was typed below stays where it is. */
function SessionEnded({ login, why }: { login: string; why: string }): ReactNode {
  return (
    <div className="p-over" role="dialog" aria-modal="true" aria-label="请重新登录">
      <div className="p-sign-in">
        <h1>请重新登录</h1>
        <p>{why}。您填写的内容还在，登录后可继续办理。</p>
        <SignInForm login={login} />
      </div>
    </div>
  )
}
