import type { FunctionComponent } from 'react'

/** The areas of the menu, in the order they stand (UI.md, information architecture). */
export const menuGroups = {
  workbench: '工作台',
  hazard: '隐患',
  plan: '方案',
  duty: '履责',
  ledger: '台账',
  supervision: '督办',
  statistics: '统计',
  directory: '名录',
  system: '系统',
} as const
export type MenuGroup = keyof typeof menuGroups

export interface MenuEntry {
  readonly group: MenuGroup
  readonly label: string
  /** Place within the group, small first. */
  readonly order: number
  /** Shown only to accounts that hold it; the page's own permission counts when this is left out. */
  readonly permission?: string
}

export interface WebRoute {
  /** As the router writes paths: `/hazards/$id`. */
  readonly path: string
  readonly title: string
  /** Loads the page when it is first opened: `() => import('./HazardList.tsx')` with a default export. */
  readonly component: () => Promise<{ readonly default: FunctionComponent }>
  /** Without it in the session the page says so in words instead of asking the server in vain. */
  readonly permission?: string
  readonly menu?: MenuEntry
}

/**
 * A part a capability adds to the page of another's record. The page shows whatever is registered and imports none of it:
 * 挂牌督办 knows hazards, so a hazard's page that imported it back would close a circle.
 */
export interface RecordPanel {
  /** Record type whose page shows the panel. */
  readonly record: string
  readonly component: () => Promise<{ readonly default: FunctionComponent<{ id: string }> }>
}

/** What a capability's `web/routes.tsx` exports. */
export interface WebModule {
  readonly id: string
  readonly routes: readonly WebRoute[]
  readonly panels?: readonly RecordPanel[]
}

export interface MenuItem extends MenuEntry {
  readonly path: string
}

export interface MenuSection {
  readonly group: MenuGroup
  readonly label: string
  readonly items: readonly MenuItem[]
}

/** The menu as this account may see it; groups without a page for the account are left out. */
export function menuFor(
  modules: readonly WebModule[],
  may: (permission: string | undefined) => boolean,
): MenuSection[] {
  const items: MenuItem[] = []
  for (const module of modules) {
    for (const { path, menu, permission } of module.routes) {
      if (menu && may(menu.permission ?? permission)) items.push({ ...menu, path })
    }
  }
  items.sort((a, b) => a.order - b.order)
  return (Object.keys(menuGroups) as MenuGroup[])
    .map((group) => ({ group, label: menuGroups[group], items: items.filter((item) => item.group === group) }))
    .filter((section) => section.items.length > 0)
}

/** The menu entry an address belongs to: the longest path that begins it, so that a detail page marks its list. */
export function activeItem(sections: readonly MenuSection[], pathname: string): MenuItem | undefined {
  const begins = (path: string) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`))
  return sections
    .flatMap((section) => section.items)
    .filter((item) => begins(item.path))
    .sort((a, b) => b.path.length - a.path.length)[0]
}
