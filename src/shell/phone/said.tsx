import { type ReactNode, useSyncExternalStore } from 'react'

let words = ''
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function set(next: string): void {
  words = next
  for (const listener of listeners) listener()
}

/** Says for a few seconds that something was done; it outlives the page on which it was done. */
export function say(next: string): void {
  clearTimeout(timer)
  set(next)
  timer = setTimeout(() => set(''), 4000)
}

/** Whoever goes on has read it; on the next page it would cover the title. */
export function hush(): void {
  clearTimeout(timer)
  set('')
}

export function Said(): ReactNode {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => words,
  )
  return (
    <div role="status" className={shown ? 'p-said' : 'p-said p-said-none'}>
      {shown}
    </div>
  )
}
