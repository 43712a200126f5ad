import { MenuOutlined } from '@ant-design/icons'
import { Link, useRouterState } from '@tanstack/react-router'
import { Button, Drawer, Layout, Menu } from 'antd'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { activeItem, type MenuSection, menuFor, type WebModule } from '../router/module.ts'
import { productName } from '../session/SignInPage.tsx'
import { mayUse, useSession } from '../session/session.tsx'
import { AccountMenu } from './AccountMenu.tsx'
import { InboxBell } from './InboxBell.tsx'
import { useNarrow } from './narrow.ts'

/** Top bar, menu and content of every page for signed-in accounts. */
export function AppFrame({ modules, children }: { modules: readonly WebModule[]; children: ReactNode }): ReactNode {
  const session = useSession()
  const narrow = useNarrow()
  const [open, setOpen] = useState(false)
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const sections = useMemo(() => menuFor(modules, (permission) => mayUse(session, permission)), [modules, session])
  const hasInbox = modules.some((module) => module.routes.some((route) => route.path === '/inbox'))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes whenever the address changes
  useEffect(() => setOpen(false), [pathname])
  const menu = <MainMenu sections={sections} pathname={pathname} />
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <a href="#content" className="zb-skip">
        跳到正文
      </a>
      <Layout.Header className="zb-header">
        {narrow && <Button type="text" icon={<MenuOutlined />} aria-label="打开菜单" onClick={() => setOpen(true)} />}
        {!narrow && <span className="zb-header-name">{productName}</span>}
        <span className="zb-header-county">{session.countyName}</span>
        {session.demo && <span className="zb-demo-mark">演示</span>}
        <span className="zb-header-space" />
        {hasInbox && <InboxBell unread={session.unread} />}
        <AccountMenu />
      </Layout.Header>
      <Layout>
        {narrow ? (
          <Drawer
            open={open}
            placement="left"
            size={260}
            onClose={() => setOpen(false)}
            title="菜单"
            styles={{ body: { padding: 0 } }}
          >
            {menu}
          </Drawer>
        ) : (
          <Layout.Sider className="zb-sider" width={200} theme="light">
            {menu}
          </Layout.Sider>
        )}
        <Layout.Content id="content" role="main" tabIndex={-1} className="zb-content">
          {session.demo && <p className="zb-print-mark">演示数据：单位、人员和隐患均为虚构</p>}
          {children}
        </Layout.Content>
      </Layout>
    </Layout>
  )
}

function MainMenu({ sections, pathname }: { sections: readonly MenuSection[]; pathname: string }): ReactNode {
  const active = activeItem(sections, pathname)
  const link = (path: string, label: string) => <Link to={path}>{label}</Link>
  const items = sections.map(({ group, label, items: entries }) => {
    const [first, ...rest] = entries
    // A group of one page is the page itself; a heading above a single entry is only noise.
    if (first && rest.length === 0) return { key: first.path, label: link(first.path, first.label) }
    return {
      key: group,
      label,
      type: 'group' as const,
      children: entries.map((entry) => ({ key: entry.path, label: link(entry.path, entry.label) })),
    }
  })
  return (
    <nav aria-label="主菜单">
      <Menu mode="inline" selectedKeys={active ? [active.path] : []} items={items} style={{ borderInlineEnd: 0 }} />
    </nav>
  )
}
