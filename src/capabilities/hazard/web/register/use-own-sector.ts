import { useEffect, useRef } from 'react'

/** Fills in the sector while the unit has only one and nobody chose another. */
export function useOwnSector(
  unitSectors: readonly string[] | undefined,
  value: string | undefined,
  onChange: (value: string | undefined) => void,
): void {
  const given = useRef<string>(undefined)
  const only = unitSectors?.length === 1 ? unitSectors[0] : undefined
  const latest = useRef({ value, onChange })
  latest.current = { value, onChange }
  useEffect(() => {
    const now = latest.current
    if (now.value !== undefined && now.value !== given.current) return
    given.current = only
    if (only !== now.value) now.onChange(only)
  }, [only])
}
