import { useCallback, useEffect, useRef, useState } from 'react'
import type { AttachmentInput, AttachmentPurpose } from '#kernel/attachment.ts'
import { coreErrors } from '#kernel/errors.ts'
import { mintId } from '../api/client.ts'
import { type ApiProblem, asApiProblem } from '../api/problem.ts'
import { formatSize } from '../text/format.ts'
import { useKeepUploads } from './keeping.ts'
import { forgetFile, keepFile, keptFiles } from './kept.ts'
import { giveUp, transfer } from './transfer.ts'

export interface UploadItem {
  /** Upload id; also what the action hangs on its record. */
  readonly id: string
  readonly file: File
  readonly purpose: AttachmentPurpose
  readonly sent: number
  readonly status: 'waiting' | 'sending' | 'failed' | 'refused'
  readonly problem?: string | undefined
  /** Failures in a row, each waited for longer. */
  readonly failures: number
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

type Change = (update: (all: readonly UploadItem[]) => readonly UploadItem[]) => void

const atOnce = 2

/**
 * Sends chosen files in the background, two at a time so that one photo gets through on a weak line. What failed for
 * want of a network or a server starts again by itself; what was on its way when the page was closed goes on where the
 * server has it.
 */
export function useUploads(
  value: readonly AttachmentInput[],
  onFinished: (done: AttachmentInput) => void,
  rules: UploadRules,
): Uploads {
  const [items, setItems] = useState<readonly UploadItem[]>([])
  const files = useRef(new Map<string, File>())
  const form = useKeepUploads()
  const running = useSending(items, setItems, onFinished)
  useResumed(form, value, setItems)
  useRetries(items, setItems)
  for (const item of items) files.current.set(item.id, item.file)
  return {
    items,
    add(chosen) {
      const taken = items.filter((item) => item.status !== 'refused').length
      const room = rules.maxFiles - value.length - taken
      const added = chosen.map((file, index) => newItem(file, rules, index < room))
      if (form !== undefined) {
        for (const { id, file, purpose, status } of added)
          if (status === 'waiting') void keepFile(form, { id, file, purpose })
      }
      setItems((all) => [...all, ...added])
    },
    retry: (id) => setItems((all) => all.map((item) => (item.id === id ? startAgain(item) : item))),
    drop(id) {
      running.get(id)?.abort()
      running.delete(id)
      void forgetFile(id)
      if (items.some((item) => item.id === id && item.status !== 'refused')) giveUp(id)
      setItems((all) => all.filter((item) => item.id !== id))
    },
    fileOf: (id) => files.current.get(id),
  }
}

const startAgain = (item: UploadItem): UploadItem => ({ ...item, status: 'waiting', problem: undefined })

/** Starts what waits as soon as there is room; everything is broken off when the page leaves, and kept. */
function useSending(items: readonly UploadItem[], setItems: Change, onFinished: (done: AttachmentInput) => void) {
  const running = useRef(new Map<string, AbortController>()).current
  const finished = useRef(onFinished)
  finished.current = onFinished
  const change = useCallback(
    (id: string, part: Partial<UploadItem>) =>
      setItems((all) => all.map((item) => (item.id === id ? { ...item, ...part } : item))),
    [setItems],
  )
  useEffect(() => {
    const waiting = items.filter((item) => item.status === 'waiting' && !running.has(item.id))
    for (const item of waiting.slice(0, Math.max(0, atOnce - running.size))) {
      const abort = new AbortController()
      running.set(item.id, abort)
      change(item.id, { status: 'sending' })
      // What gets through proves that the line is back: the next failure is waited for shortly again.
      const report = (sent: number) => change(item.id, sent > item.sent ? { sent, failures: 0 } : { sent })
      sendItem(item, abort.signal, report)
        .then(() => {
          running.delete(item.id)
          void forgetFile(item.id)
          setItems((all) => all.filter((other) => other.id !== item.id))
          finished.current({ uploadId: item.id, purpose: item.purpose, caption: '' })
        })
        .catch((error) => {
          if (abort.signal.aborted) return
          running.delete(item.id)
          setItems((all) => all.map((other) => (other.id === item.id ? failed(other, asApiProblem(error)) : other)))
        })
    }
  }, [items, setItems, change, running])
  useEffect(
    () => () => {
      for (const abort of running.values()) abort.abort()
      running.clear()
    },
    [running],
  )
  return running
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
  return { id: mintId(), file, purpose: rules.purpose, sent: 0, status, problem, failures: 0 }
}

function refusal(file: File, rules: UploadRules, hasRoom: boolean): string | undefined {
  const { name, size } = file
  if (!hasRoom) return `最多上传${rules.maxFiles}个文件，“${name}”没有上传，请先移除其他文件`
  if (size === 0) return `“${name}”是空文件或文件夹，请重新选择`
  if (size > rules.maxBytes) {
    return `“${name}”有${formatSize(size)}，超过${formatSize(rules.maxBytes)}的上限，请压缩后再上传`
  }
  return undefined
}

/** A refusal the server will repeat is final; everything else is tried again, by itself where waiting can help. */
function failed(item: UploadItem, problem: ApiProblem): UploadItem {
  const { status, detail } = problem
  const away = status === 0 || status >= 502
  if (away) return { ...item, status: 'failed', problem: awayWords(status), failures: item.failures + 1 }
  const final = [400, 403, 413, 415, 422].includes(status) || problem.code === 'upload.otherFile'
  if (final) void forgetFile(item.id)
  const words = detail.includes(item.file.name) ? detail : `“${item.file.name}”：${detail}`
  return { ...item, status: final ? 'refused' : 'failed', problem: words, failures: item.failures + 1 }
}

const awayWords = (status: number) =>
  status === coreErrors.diskFull.status
    ? '服务器磁盘空间已满，请通知系统管理员，清理后自动继续上传'
    : `${status === 0 ? '网络不通' : '服务器暂时没有响应'}，恢复后自动继续上传`

const firstWaitMs = 2_000
const longestWaitMs = 30_000

/** Tries what failed again after a while, and at once when the browser says that the network is back. */
function useRetries(items: readonly UploadItem[], setItems: Change): void {
  const broken = items.filter((item) => item.status === 'failed')
  const key = broken.map((item) => `${item.id}:${item.failures}`).join()
  const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(...broken.map((item) => item.failures - 1), 10))
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new wait begins with a new failure, not with each progress
  useEffect(() => {
    if (key === '') return
    const again = () => setItems((all) => all.map((item) => (item.status === 'failed' ? startAgain(item) : item)))
    const timer = setTimeout(again, wait)
    window.addEventListener('online', again)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('online', again)
    }
  }, [key, setItems])
}

/** Takes up what this form had on its way when the page was closed. */
function useResumed(form: string | undefined, value: readonly AttachmentInput[], setItems: Change): void {
  const finished = useRef(value)
  finished.current = value
  useEffect(() => {
    if (form === undefined) return
    let left = false
    void keptFiles(form).then((kept) => {
      if (left) return
      setItems((all) => {
        const known = new Set([...all.map((item) => item.id), ...finished.current.map((item) => item.uploadId)])
        const resumed = kept.filter(({ id }) => !known.has(id))
        return [...all, ...resumed.map((item): UploadItem => ({ ...item, sent: 0, status: 'waiting', failures: 0 }))]
      })
    })
    return () => {
      left = true
    }
  }, [form, setItems])
}
