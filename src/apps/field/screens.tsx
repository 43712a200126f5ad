import type { ReactNode } from 'react'
import { EmptyNote } from '#shell/phone/parts.tsx'
import type { Place } from '#shell/phone/router.tsx'
import { DutiesScreen } from './duties/DutiesScreen.tsx'
import { DutyScreen } from './duties/DutyScreen.tsx'
import { HomeScreen } from './HomeScreen.tsx'
import { ActionScreen } from './hazards/ActionScreen.tsx'
import { HazardScreen } from './hazards/HazardScreen.tsx'
import { ListScreen } from './hazards/ListScreen.tsx'
import { RegisterScreen } from './hazards/RegisterScreen.tsx'
import { InboxScreen } from './InboxScreen.tsx'
import { MeScreen } from './MeScreen.tsx'
import { PasswordScreen } from './PasswordScreen.tsx'

export interface Screen {
  readonly title: string
  readonly body: ReactNode
  /** Where 返回 leads when this page was opened from outside; a page without it is at the top. */
  readonly back: string | undefined
  /** Pages one returns to carry the tabs; forms leave the room to the keyboard. */
  readonly tabs?: boolean
}

const record = /^\/hazards\/([0-9a-f-]{36})$/
const duty = /^\/duties\/items\/([0-9a-f-]{36})$/
const form = /^\/hazards\/([0-9a-f-]{36})\/do\/([A-Za-z.]+)$/

/** The page of an address. */
export function screenAt({ path, search }: Place): Screen {
  const [, id] = record.exec(path) ?? []
  if (id) {
    const body = <HazardScreen key={id} id={id} registered={search.has('registered')} />
    return { title: '隐患', body, back: '/hazards', tabs: true }
  }
  const [, dutyId] = duty.exec(path) ?? []
  if (dutyId) return { title: '履责', body: <DutyScreen key={dutyId} id={dutyId} />, back: '/duties' }
  const [, on, action] = form.exec(path) ?? []
  if (on && action) {
    return { title: '办理', body: <ActionScreen key={path} id={on} action={action} />, back: `/hazards/${on}` }
  }
  return topScreens[path === alsoDuties ? '/duties' : path] ?? missing
}

const topScreens: Readonly<Record<string, Screen>> = {
  '/': { title: '工作台', body: <HomeScreen />, back: undefined, tabs: true },
  '/hazards': { title: '隐患', body: <ListScreen />, back: undefined, tabs: true },
  '/hazards/new': { title: '登记隐患', body: <RegisterScreen />, back: '/' },
  '/duties': { title: '履责', body: <DutiesScreen />, back: '/', tabs: true },
  '/inbox': { title: '消息', body: <InboxScreen />, back: undefined, tabs: true },
  '/me': { title: '我的', body: <MeScreen />, back: undefined, tabs: true },
  '/account/password': { title: '修改密码', body: <PasswordScreen />, back: '/me' },
}

// A notice about a whole turn leads to the list; a unit sees its own there.
const alsoDuties = '/duties/items'

const missing: Screen = {
  title: '没有这个页面',
  body: <EmptyNote why="没有这个页面" next="地址可能已变更，请从下面的菜单重新进入" />,
  back: '/',
  tabs: true,
}
