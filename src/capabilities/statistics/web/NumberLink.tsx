import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { HazardFilter } from '#capabilities/hazard/model/index.ts'
import { useCan } from '#shell/session/session.tsx'
import { formatNumber } from '#shell/text/format.ts'

interface NumberLinkProps {
  readonly n: number
  /** Null when no list can hold exactly these records. */
  readonly filter: HazardFilter | null
  /** What is counted, for a screen reader that meets the number alone. */
  readonly label: string
}

/** A number that opens the list of exactly the records it counts. */
export function NumberLink({ n, filter, label }: NumberLinkProps): ReactNode {
  const mayOpen = useCan('hazard.read')
  if (!filter || !mayOpen) return <span>{formatNumber(n)}</span>
  return (
    <Link to="/hazards" search={filter as never} aria-label={`${label} ${n} 条，打开清单`} preload={false}>
      {formatNumber(n)}
    </Link>
  )
}
