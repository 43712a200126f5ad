import { Link } from '@tanstack/react-router'
import type { CSSProperties, ReactNode } from 'react'
import { formatPercent } from '#shell/text/format.ts'
import { colours } from '#shell/theme/tokens.ts'
import type { Counts } from '../../model/index.ts'

export const doneOf = ({ met, late }: Counts): number => met + late

/** Done ÷ due; nothing due is no share at all, neither none nor all. */
export const shareOf = (counts: Counts): number | null => (counts.due === 0 ? null : doneOf(counts) / counts.due)

/** Rounded down: a ledger with one item left is not complete. */
export const percentOf = (counts: Counts): string => {
  const share = shareOf(counts)
  return share === null ? '—' : formatPercent(Math.floor(share * 1000) / 1000)
}

const track: CSSProperties = {
  display: 'flex',
  height: 8,
  background: colours.neutralGround,
  borderRadius: 4,
  overflow: 'hidden',
}

/** What is done of what is due, with the late part hatched; told in words to whoever does not see it. */
export function DoneBar({ counts }: { counts: Counts }): ReactNode {
  if (counts.due === 0) return <div style={track} aria-hidden />
  const part = (n: number, background: string) => <div style={{ width: `${(n / counts.due) * 100}%`, background }} />
  const hatched = `repeating-linear-gradient(45deg, ${colours.primary}, ${colours.primary} 3px, ${colours.primaryGround} 3px, ${colours.primaryGround} 6px)`
  return (
    <div
      role="img"
      aria-label={`应办 ${counts.due}，按期完成 ${counts.met}，逾期完成 ${counts.late}，逾期未完成 ${counts.missed}`}
      style={track}
    >
      {part(counts.met, colours.primary)}
      {part(counts.late, hatched)}
    </div>
  )
}

interface CountLinkProps {
  readonly ledger: string
  readonly n: number
  readonly filter: Readonly<Record<string, unknown>>
  readonly label: string
  readonly bold?: boolean
}

/** A number that opens exactly its records. */
export function CountLink({ ledger, n, filter, label, bold }: CountLinkProps): ReactNode {
  if (n === 0) return <span>0</span>
  return (
    <Link
      to={`/ledgers/${ledger}` as string}
      search={filter as never}
      aria-label={`${label} ${n} 项，打开清单`}
      preload={false}
      style={bold ? { fontWeight: 700 } : {}}
    >
      {n}
    </Link>
  )
}

/** Void items count nowhere; every list a number opens leaves them out. */
export const counted = { stateTypes: ['open', 'waiting', 'closed'] }
