import { DownOutlined, UserOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { App, Button, Dropdown } from 'antd'
import type { ReactNode } from 'react'
import { roles } from '#kernel/grants.ts'
import { asApiProblem } from '../api/problem.ts'
import { openPhone } from '../phone/entry.ts'
import { useSession, useSessionHandle } from '../session/session.tsx'
import { useNarrow } from './narrow.ts'

/** Who is signed in and in which capacity; changing the password; signing out. */
export function AccountMenu(): ReactNode {
  const session = useSession()
  const narrow = useNarrow()
  const handle = useSessionHandle()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const leave = () => handle.leave().catch((error) => void message.error(asApiProblem(error).detail))
  const capacities = session.grants.map((grant, index) => ({
    key: `grant-${index}`,
    disabled: true,
    label: `${roles[grant.role]} · ${grant.unitName ?? grant.bodyName ?? grant.areaName}`,
  }))
  const items = [
    { key: 'who', type: 'group' as const, label: `${session.name}（${session.login}）`, children: capacities },
    { type: 'divider' as const },
    { key: 'own', label: '我的账号', onClick: () => void navigate({ to: '/account' as string }) },
    { key: 'password', label: '修改密码', onClick: () => void navigate({ to: '/account/password' }) },
    { key: 'phone', label: '手机版', onClick: openPhone },
    { key: 'leave', label: '退出登录', onClick: () => void leave() },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" icon={<UserOutlined />} aria-label={`账号菜单：${session.name}`}>
        {!narrow && session.name} <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  )
}
