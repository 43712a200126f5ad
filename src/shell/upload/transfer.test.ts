import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { SendOptions } from '../api/client.ts'
import { ApiProblem } from '../api/problem.ts'
import { transfer } from './transfer.ts'

const MiB = 1024 * 1024
const id = '0190a000-0000-7000-8000-000000000001'
const start = { id, name: 'a.jpg', type: 'image/jpeg', purpose: 'before', capturedAt: null } as const

/**
 * A server that keeps bytes by offset as the protocol says; `lose` drops the answer of the nth PUT after applying it,
 * `bend` finds the hash of the first whole file to be another one.
 */
function server(options: { received?: number; lose?: number; bend?: boolean } = {}) {
  const state = { received: options.received ?? 0, puts: 0, finished: false, bytes: 0, hash: '' }
  let bend = options.bend ?? false
  const send = async (path: string, { method, raw, body }: SendOptions): Promise<unknown> => {
    if (path === '/api/uploads') return { received: state.received }
    if (path.endsWith('/finish')) {
      if (bend) {
        bend = false
        state.received = 0
        throw conflict(0)
      }
      state.hash = (body as { sha256: string }).sha256
      state.finished = true
      return {}
    }
    expect(method).toBe('PUT')
    const offset = Number(new URL(path, 'http://x').searchParams.get('offset'))
    if (offset !== state.received) throw conflict(state.received)
    state.puts += 1
    state.received += raw?.size ?? 0
    state.bytes += raw?.size ?? 0
    // The client repeats a request whose answer was lost; the repeat then meets the moved count.
    if (state.puts === options.lose) throw conflict(state.received)
    return { received: state.received }
  }
  return { state, send }
}

function conflict(received: number): ApiProblem {
  return new ApiProblem({ status: 409, code: 'upload.offset', detail: '位置不符', data: { received } })
}

const run = (file: Blob, send: ReturnType<typeof server>['send'], seen: number[] = []) =>
  transfer(file, start, { onProgress: (sent) => seen.push(sent), signal: new AbortController().signal, send })

describe('transfer', () => {
  const file = new Blob([new Uint8Array(2.5 * MiB)])

  it('sends parts of at most 1 MiB, tells progress and finishes', async () => {
    const { state, send } = server()
    const seen: number[] = []
    await run(file, send, seen)
    const hash = createHash('sha256').update(Buffer.alloc(file.size)).digest('hex')
    expect(state).toEqual({ received: file.size, puts: 3, finished: true, bytes: file.size, hash })
    expect(seen).toEqual([0, MiB, 2 * MiB, file.size])
  })

  it('goes on where an earlier attempt broke off', async () => {
    const { state, send } = server({ received: 2 * MiB })
    await run(file, send)
    expect(state.bytes).toBe(0.5 * MiB)
    expect(state.finished).toBe(true)
  })

  it('believes the server after a lost answer and sends nothing twice', async () => {
    const { state, send } = server({ lose: 2 })
    await run(file, send)
    expect(state.bytes).toBe(file.size)
    expect(state.puts).toBe(3)
  })

  it('sends all of it again when it arrived bent', async () => {
    const { state, send } = server({ bend: true })
    await run(file, send)
    expect([state.bytes, state.finished]).toEqual([2 * file.size, true])
  })

  it('tells a file that is gone from a network that is gone', async () => {
    const gone = new Blob([new Uint8Array(10)])
    gone.slice = () => {
      throw new DOMException('gone', 'NotReadableError')
    }
    await expect(run(gone, server().send)).rejects.toMatchObject({
      code: 'client.unreadableFile',
      detail: expect.stringContaining('读不到这个文件'),
    })
  })

  it('gives up when the server keeps correcting, and passes other refusals on', async () => {
    const stuck = async (path: string) => {
      if (path === '/api/uploads') return { received: 0 }
      throw conflict(0)
    }
    await expect(run(file, stuck)).rejects.toMatchObject({ code: 'upload.offset' })
    const tooLarge = async () => {
      throw new ApiProblem({ status: 413, code: 'core.tooLarge', detail: '太大' })
    }
    await expect(run(file, tooLarge)).rejects.toMatchObject({ code: 'core.tooLarge' })
  })
})
