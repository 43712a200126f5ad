import { useEffect, useState } from 'react'

/** A text once nobody has typed for a moment, so that the server is not asked at every key. */
export function useSettled(text: string, ms = 350): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ms)
    return () => clearTimeout(timer)
  }, [text, ms])
  return settled
}
