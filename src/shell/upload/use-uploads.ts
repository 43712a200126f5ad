import { useCallback, useEffect, useRef, useState } from 'react'
import type { AttachmentInput, AttachmentPurpose } from '#kernel/attachment.ts'
import { mintId } from '../api/client.ts'
import { type ApiProblem, asApiProblem } from '../api/problem.ts'
import { formatSize } from '../text/format.ts'
import { transfer } from './transfer.ts'

export interface UploadItem {
  /** Upload id; also what the action hangs on its record. */
  readonly id: string
  readonly file: File
  readonly purpose: AttachmentPurpose
  readonly sent: number
  readonly status: 'waiting' | 'sending' | 'failed' | 'refused'
  readonly problem?: string
}

interface UploadRules {
  readonly purpose: AttachmentPurpose
  readonly maxFiles: number
  readonly maxBytes: number
}

interface Uploads {
  /** Files that are not finished yet, in the order chosen. Finished ones are in the field's value. */
  readonly items: readonly UploadItem[]
  add(files: readonly File[]): void
  retry(id: string): void
  drop(id: string): void
  fileOf(id: string): File | undefined
}

const atOnce = 2

/**
 * Sends chosen files in the background, two at a time so that one photo gets through on a weak line. What failed for
 * want of a network starts again by itself when the network is back.
 */
export function useUploads(
  value: readonly AttachmentInput[],
  onFinished: (done: AttachmentInput) => void,
  rules: UploadRules,
): Uploads {
  const [items, setItems] = useState<readonly UploadItem[]>([])
  const running = useRef(new Map<string, AbortController>())
  const files = useRef(new Map<string, File>())
  const finished = useRef(onFinished)
  finished.current = onFinished
  const change = useCallback((id: string, part: Partial<UploadItem>) => {
    setItems((all) => all.map((item) => (item.id === id ? { ...item, ...part } : item)))
  }, [])
  useEffect(() => {
    const waiting = items.filter((item) => item.status === 'waiting' && !running.current.has(item.id))
    for (const item of waiting.slice(0, Math.max(0, atOnce - running.current.size))) {
      const abort = new AbortController()
      running.current.set(item.id, abort)
      change(item.id, { status: 'sending' })
      const report = (sent: number) => change(item.id, { sent })
      sendItem(item, abort.signal, report)
        .then(() => {
          running.current.delete(item.id)
          setItems((all) => all.filter((other) => other.id !== item.id))
          finished.current({ uploadId: item.id, purpose: item.purpose, caption: '' })
        })
        .catch((error) => {
          running.current.delete(item.id)
          if (!abort.signal.aborted) change(item.id, failure(asApiProblem(error)))
        })
    }
  }, [items, change])
  useResume(setItems)
  useAbortOnLeave(running.current)
  return {
    items,
    add(chosen) {
      const room = rules.maxFiles - value.length - items.length
      const added = chosen.map((file, index) => newItem(file, rules, index < room))
      for (const item of added) files.current.set(item.id, item.file)
      setItems((all) => [...all, ...added])
    },
    retry: (id) => change(id, { status: 'waiting', problem: undefined }),
    drop(id) {
      running.current.get(id)?.abort()
      running.current.delete(id)
      setItems((all) => all.filter((item) => item.id !== id))
    },
    fileOf: (id) => files.current.get(id),
  }
}

async function sendItem(item: UploadItem, signal: AbortSignal, onProgress: (sent: number) => void): Promise<void> {
  const { id, file, purpose } = item
  const type = file.type || 'application/octet-stream'
  // The date of a file on disk is not when the camera took it; the server reads the picture's own record.
  await transfer(file, { id, name: file.name, type, purpose, capturedAt: null }, { signal, onProgress })
}

function newItem(file: File, rules: UploadRules, hasRoom: boolean): UploadItem {
  const problem = refusal(file, rules, hasRoom)
  const status = problem ? 'refused' : 'waiting'
  return { id: mintId(), file, purpose: rules.purpose, sent: 0, status, ...(problem ? { problem } : {}) }
}

function refusal(file: File, rules: UploadRules, hasRoom: boolean): string | undefined {
  if (!hasRoom) return `最多上传${rules.maxFiles}个文件，这个没有上传，请先移除其他文件`
  if (file.size === 0) return '这是一个空文件，请重新选择'
  if (file.size > rules.maxBytes) {
    return `文件有${formatSize(file.size)}，超过${formatSize(rules.maxBytes)}的上限，请压缩后再上传`
  }
  return undefined
}

/** A refusal the server will repeat is final; everything else can be tried again. */
function failure(problem: ApiProblem): Partial<UploadItem> {
  const final = [400, 403, 413, 415, 422].includes(problem.status)
  return { status: final ? 'refused' : 'failed', problem: problem.detail }
}

function useResume(setItems: (update: (all: readonly UploadItem[]) => readonly UploadItem[]) => void): void {
  useEffect(() => {
    const resume = () =>
      setItems((all) => all.map((item) => (item.status === 'failed' ? { ...item, status: 'waiting' } : item)))
    window.addEventListener('online', resume)
    return () => window.removeEventListener('online', resume)
  }, [setItems])
}

function useAbortOnLeave(running: Map<string, AbortController>): void {
  useEffect(
    () => () => {
      for (const abort of running.values()) abort.abort()
      running.clear()
    },
    [running],
  )
}
