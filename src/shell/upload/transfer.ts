import { z } from 'zod'
import type { AttachmentPurpose } from '#kernel/attachment.ts'
import { type SendOptions, send as sendRequest } from '../api/client.ts'
import { ApiProblem } from '../api/problem.ts'

/** Largest part the server takes in one request. */
const partBytes = 1024 * 1024
/** Times the server may correct the offset before we stop believing that this ends. */
const mostCorrections = 8

const Received = z.object({ received: z.number().int().min(0) })

export interface UploadStart {
  /** Minted once per file: starting again with it goes on where the transfer broke off. */
  readonly id: string
  readonly name: string
  readonly type: string
  readonly purpose: AttachmentPurpose
  /** The camera's word as an ISO instant, or null; the server reads the picture itself too. */
  readonly capturedAt: string | null
}

export interface TransferOptions {
  onProgress(sentBytes: number): void
  readonly signal: AbortSignal
  readonly send?: (path: string, options: SendOptions) => Promise<unknown>
}

/**
 * Sends a file in parts and finishes it. Resumable: the server's count of received bytes always wins over ours, so a
 * part whose answer was lost is neither sent twice nor left out. Throws ApiProblem.
 */
export async function transfer(file: Blob, start: UploadStart, options: TransferOptions): Promise<void> {
  const send = options.send ?? sendRequest
  const { signal } = options
  const path = `/api/uploads/${start.id}`
  const body = { ...start, size: file.size }
  let offset = receivedIn(await send('/api/uploads', { method: 'POST', body, idempotent: true, signal })) ?? 0
  let corrections = 0
  while (offset < file.size) {
    options.onProgress(offset)
    const raw = file.slice(offset, offset + partBytes)
    try {
      const answer = await send(`${path}?offset=${offset}`, { method: 'PUT', raw, idempotent: true, signal })
      offset = receivedIn(answer) ?? offset + raw.size
    } catch (error) {
      const real = error instanceof ApiProblem && error.status === 409 ? receivedIn(error.data) : undefined
      if (real === undefined || ++corrections > mostCorrections) throw error
      offset = real
    }
  }
  options.onProgress(file.size)
  await send(`${path}/finish`, { method: 'POST', body: {}, idempotent: true, signal })
}

function receivedIn(answer: unknown): number | undefined {
  const parsed = Received.safeParse(answer)
  return parsed.success ? parsed.data.received : undefined
}
