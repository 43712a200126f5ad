import { useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import { type ApiProblem, asApiProblem, offlineProblem, problemOf } from './problem.ts'

export interface Progress {
  readonly received: number
  /** How many rows the file will have, where the server knows. */
  readonly rows: number | undefined
}

const nameIn = (header: string | null) =>
  decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(header ?? '')?.[1] ?? '下载')

/** Fetches a file piece by piece. A refusal comes as words, where the browser's own download would save it as a file. */
async function receive(url: string, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<File> {
  const response = await fetch(url, { headers: { 'x-zhiben': '1' }, credentials: 'same-origin', signal }).catch(() => {
    throw offlineProblem()
  })
  if (!response.ok || !response.body) throw await problemOf(response)
  const rows = z.coerce.number().safeParse(response.headers.get('x-zhiben-rows') ?? undefined).data
  const pieces: BlobPart[] = []
  let received = 0
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw offlineProblem()
    })
    if (done) break
    pieces.push(value)
    received += value.length
    onProgress({ received, rows })
  }
  return new File(pieces, nameIn(response.headers.get('content-disposition')))
}

/** Hands a file over as the browser's own downloads are. */
function save(file: File): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  link.click()
  // The browser reads it after the click; a minute is long enough for a slow disk to begin.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

export interface Download {
  /** Set while a file is on its way. */
  readonly progress: Progress | undefined
  start(url: string): Promise<void>
  cancel(): void
}

/** A download with its progress, its cancel and its refusals; leaving the page ends it. */
export function useDownload(onProblem: (problem: ApiProblem) => void): Download {
  const [progress, setProgress] = useState<Progress>()
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  return {
    progress,
    cancel: () => running.current?.abort(),
    async start(url) {
      const control = new AbortController()
      running.current = control
      setProgress({ received: 0, rows: undefined })
      try {
        save(await receive(url, control.signal, setProgress))
      } catch (error) {
        if (!control.signal.aborted) onProblem(asApiProblem(error))
      } finally {
        setProgress(undefined)
      }
    },
  }
}
