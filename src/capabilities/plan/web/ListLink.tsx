import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** `/hazards?level=major&stock=true` as the router writes addresses: true and false are no words there. */
export function partsOf(list: string): { readonly to: string; readonly search: Readonly<Record<string, unknown>> } {
  const [to = '/', query = ''] = list.split('?')
  const value = (text: string) => (text === 'true' ? true : text === 'false' ? false : text)
  return { to, search: Object.fromEntries([...new URLSearchParams(query)].map(([name, text]) => [name, value(text)])) }
}

/** A number that opens the page with its records. */
export function ListLink({ list, label, children }: { list: string; label: string; children: ReactNode }): ReactNode {
  const { to, search } = partsOf(list)
  return (
    <Link to={to} search={search as never} aria-label={`${label}，打开记录`} preload={false}>
      {children}
    </Link>
  )
}
