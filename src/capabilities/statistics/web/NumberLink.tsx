import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { HazardFilter } from '#capabilities/hazard/model/index.ts'
import { useCan } from '#shell/session/session.tsx'
import { formatNumber } from '#shell/text/format.ts'
import type { Measure } from '../model/index.ts'

interface NumberLinkProps {
  /** How many records the list holds. */
  readonly n: number
  /** Null when no list can hold exactly these records. */
  readonly filter: HazardFilter | null
  /** What is counted, for a screen reader that meets the number alone. */
  readonly label: string
  /** A share or a mean instead of the count. */
  readonly words?: string
  readonly list?: Measure['list']
}

const listPath: Readonly<Record<Measure['list'], string>> = { hazards: '/hazards', reports: '/hazards/reports' }

/** A number that opens the list of exactly the records it counts. */
export function NumberLink({ n, filter, label, words, list = 'hazards' }: NumberLinkProps): ReactNode {
  const mayOpen = useCan('hazard.read')
  const shown = words ?? formatNumber(n)
  if (!filter || !mayOpen) return <span>{shown}</span>
  return (
    <Link
      to={listPath[list]}
      search={filter as never}
      aria-label={`${label} ${words && words !== String(n) ? `${words}，` : ''}${n} 条，打开清单`}
      preload={false}
    >
      {shown}
    </Link>
  )
}
