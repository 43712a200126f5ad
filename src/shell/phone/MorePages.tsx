import { type ReactNode, useEffect, useRef } from 'react'

interface Growing {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly isFetchNextPageError: boolean
  fetchNextPage(): unknown
}

/** Fetches the next rows when its end of the list comes into sight; a button says it and retries after a failure. */
export function MorePages({ answer }: { answer: Growing }): ReactNode {
  const button = useRef<HTMLButtonElement>(null)
  const latest = useRef(answer)
  latest.current = answer
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError } = answer
  useEffect(() => {
    const place = button.current
    // After a failure only the person repeats it: a dead line must not be asked over and over.
    if (!place || !hasNextPage || isFetchingNextPage || isFetchNextPageError) return
    const watch = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) void latest.current.fetchNextPage()
    })
    watch.observe(place)
    return () => watch.disconnect()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError])
  if (!hasNextPage) return null
  return (
    <button ref={button} type="button" className="p-button" onClick={() => void answer.fetchNextPage()}>
      {isFetchingNextPage ? '正在加载…' : isFetchNextPageError ? '没有取到，点此重试' : '再看一些'}
    </button>
  )
}
