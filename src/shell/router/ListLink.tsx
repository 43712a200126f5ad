import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { partsOf } from './address.ts'

/** A number that opens the page with its records. */
export function ListLink({ list, label, children }: { list: string; label: string; children: ReactNode }): ReactNode {
  const { to, search } = partsOf(list)
  return (
    <Link to={to} search={search as never} aria-label={`${label}，打开记录`} preload={false}>
      {children}
    </Link>
  )
}
