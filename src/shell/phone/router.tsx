import { type AnchorHTMLAttributes, type MouseEvent, type ReactNode, useSyncExternalStore } from 'react'
import { phoneBase } from './address.ts'
import { hush } from './said.tsx'

/**
 * Addresses of the phone pages, without the base. Six kinds of page need no router library: this keeps the address,
 * the way back and the question before unsent input is left.
 */
export interface Place {
  readonly path: string
  readonly search: URLSearchParams
}

const listeners = new Set<() => void>()
let unsent = false
/** Pages opened since the entry was loaded; without one, going back would leave the product. */
let depth = 0
let current = read()
let address = window.location.href

function read(): Place {
  const { pathname, search } = window.location
  const path = pathname.startsWith(phoneBase) ? pathname.slice(phoneBase.length) : pathname
  return { path: path === '' ? '/' : path, search: new URLSearchParams(search) }
}

function moved(): void {
  current = read()
  address = window.location.href
  for (const listener of listeners) listener()
}

const mayLeave = () =>
  !unsent || window.confirm('填写的内容还没有提交，草稿已保存在本机，下次打开会自动恢复。确定离开吗？')

window.addEventListener('popstate', () => {
  if (!mayLeave()) return window.history.pushState(null, '', address)
  unsent = false
  depth = Math.max(0, depth - 1)
  moved()
})
window.addEventListener('beforeunload', (event) => {
  if (unsent) event.preventDefault()
})

/** Marks that something was typed and not sent; leaving then asks first. */
export function markUnsent(value: boolean): void {
  unsent = value
}

export function navigate(to: string, replace = false): void {
  if (!mayLeave()) return
  unsent = false
  const url = `${phoneBase}${to}`
  if (replace) window.history.replaceState(null, '', url)
  else {
    window.history.pushState(null, '', url)
    depth += 1
    hush()
  }
  moved()
  if (!replace) window.scrollTo(0, 0)
}

/** Back to the page before, or to `otherwise` when this one was opened from outside. */
export function goBack(otherwise: string): void {
  if (depth > 0) window.history.back()
  else navigate(otherwise, true)
}

export function usePlace(): Place {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly to: string
  readonly children: ReactNode
}

export function Link({ to, onClick, ...rest }: LinkProps): ReactNode {
  const open = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    // A new tab or window is the browser's own business.
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    navigate(to)
  }
  return <a {...rest} href={`${phoneBase}${to}`} onClick={open} />
}
