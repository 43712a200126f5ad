import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import type { Search } from './types.ts'

/** Filters live in the address, so that back, reload and a link sent to a colleague show the same rows. */
export function useListSearch(inAddress: boolean): [Search, (next: Search) => void] {
  const address = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const [own, setOwn] = useState<Search>({})
  const change = useCallback(
    (next: Search) => {
      if (inAddress) void navigate({ to: '.', search: () => next as never, replace: true })
      else setOwn(next)
    },
    [inAddress, navigate],
  )
  return [inAddress ? address : own, change]
}
