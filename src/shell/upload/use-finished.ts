import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { z } from 'zod'
import { send } from '../api/client.ts'
import { ApiProblem } from '../api/problem.ts'

const Standing = z.object({ name: z.string(), image: z.boolean(), finished: z.boolean() })

export interface FinishedFile {
  readonly name: string
  /** Address of a small picture, when there is one. */
  readonly preview: string | undefined
  /** The server no longer knows it: it was not used within a month. */
  readonly gone: boolean
}

/**
 * Name and picture of a file the server has: from the device while the page that sent it is open, from the server when a
 * draft came back later.
 */
export function useFinishedFile(uploadId: string, file: File | undefined): FinishedFile {
  const local = usePicture(file)
  const asked = useQuery({
    queryKey: ['upload', uploadId],
    enabled: file === undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async () => Standing.parse(await send(`/api/uploads/${uploadId}`, { method: 'GET', idempotent: true })),
  })
  if (file) return { name: file.name, preview: local, gone: false }
  const gone = asked.error instanceof ApiProblem && asked.error.status === 404
  const preview = asked.data?.image && asked.data.finished ? `/api/uploads/${uploadId}/file?variant=thumb` : undefined
  return { name: asked.data?.name ?? '上次已传好的文件', preview, gone }
}

/** Address of a picture of this device; undefined for what is none, and until it is made. */
export function usePicture(file: File | undefined): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!file?.type.startsWith('image/')) return
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return url
}

/** What a finished file that is gone says. */
export const goneWords = '这个文件已过期，请移除后重新上传'
