import { useCallback, useState } from 'react'
import type { z } from 'zod'

/** Reads what this browser remembers under a key; unreadable or outdated contents count as nothing. */
export function recall<T>(key: string, schema: z.ZodType<T>): T | undefined {
  try {
    const text = window.localStorage.getItem(key)
    if (text === null) return undefined
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/** Keeps a value under a key; false when the browser has no room or forbids it, so that the caller can say so. */
export function remember(key: string, value: unknown): boolean {
  try {
    window.localStorage.setItem(key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

export function forget(key: string): void {
  try {
    window.localStorage.removeItem(key)
  } catch {
    // A browser that forbids storage has nothing to forget.
  }
}

/** State that this browser keeps between visits. */
export function useRemembered<T>(key: string, schema: z.ZodType<T>, initial: T): [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => recall(key, schema) ?? initial)
  const keep = useCallback(
    (next: T) => {
      setValue(next)
      remember(key, next)
    },
    [key],
  )
  return [value, keep]
}
