import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { Search } from './types.ts'

const none: Search = {}

/**
 * The state of a list lives in the address, so that back, reload and a link sent to a colleague show the same rows. A page
 * with several lists gives each a name, below which its part of the address stands.
 */
export function useListSearch(name = ''): [Search, (next: Search) => void, (state: Search) => string] {
  const address = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const router = useRouter()
  const part = name === '' ? address : address[name]
  const change = useCallback(
    (next: Search) => {
      const own = Object.keys(next).length > 0 ? next : undefined
      const search = (before: Search) => (name === '' ? next : { ...before, [name]: own })
      void navigate({ to: '.', search: search as never, replace: true })
    },
    [name, navigate],
  )
  const linkTo = (state: Search) => {
    const search = name === '' ? state : { ...address, [name]: state }
    return new URL(router.buildLocation({ to: '.', search: search as never }).href, window.location.href).href
  }
  return [isSearch(part) ? part : none, change, linkTo]
}

const isSearch = (part: unknown): part is Search => typeof part === 'object' && part !== null && !Array.isArray(part)
