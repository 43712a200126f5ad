import { z } from 'zod'
import type { AttachmentPurpose } from '#kernel/attachment.ts'
import { type SendOptions, send as sendRequest } from '../api/client.ts'
import { ApiProblem } from '../api/problem.ts'
import { Sha256 } from './sha256.ts'

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
 * part whose answer was lost is neither sent twice nor left out, and what arrived bent is sent anew. Throws ApiProblem.
 */
export async function transfer(file: Blob, start: UploadStart, options: TransferOptions): Promise<void> {
  const send = options.send ?? sendRequest
  const { signal } = options
  const path = `/api/uploads/${start.id}`
  const body = { ...start, size: file.size }
  let offset = receivedIn(await send('/api/uploads', { method: 'POST', body, idempotent: true, signal })) ?? 0
  let sha256: string | undefined
  for (let corrections = 0; ; ) {
    options.onProgress(offset)
    try {
      if (offset < file.size) {
        const part = await bytesOf(file, offset)
        const raw = new Blob([part])
        const answer = await send(`${path}?offset=${offset}`, { method: 'PUT', raw, idempotent: true, signal })
        offset = receivedIn(answer) ?? offset + raw.size
      } else {
        sha256 ??= await hashOf(file, signal)
        await send(`${path}/finish`, { method: 'POST', body: { sha256 }, idempotent: true, signal })
        return
      }
    } catch (error) {
      const real = error instanceof ApiProblem && error.status === 409 ? receivedIn(error.data) : undefined
      corrections += 1
      if (real === undefined || corrections > mostCorrections) throw error
      offset = real
    }
  }
}

/** Gives an upload up; the server forgets it by itself in a week when this does not arrive. */
export function giveUp(id: string): void {
  sendRequest(`/api/uploads/${id}`, { method: 'DELETE', idempotent: true }).catch(() => undefined)
}

async function hashOf(file: Blob, signal: AbortSignal): Promise<string> {
  const hash = new Sha256()
  for (let at = 0; at < file.size; at += partBytes) {
    signal.throwIfAborted()
    hash.update(await bytesOf(file, at))
  }
  return hash.hex()
}

/** Read before it is sent: a request whose file is gone looks like a network that is gone. */
async function bytesOf(file: Blob, from: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(from, from + partBytes).arrayBuffer())
  } catch {
    const detail = '读不到这个文件，可能是文件夹，或已被移动、修改、删除，请重新选择'
    throw new ApiProblem({ status: 422, code: 'client.unreadableFile', detail })
  }
}

function receivedIn(answer: unknown): number | undefined {
  const parsed = Received.safeParse(answer)
  return parsed.success ? parsed.data.received : undefined
}
