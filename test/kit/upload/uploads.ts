import { createHash } from 'node:crypto'
import type { AttachmentPurpose } from '#kernel/attachment.ts'
import { newId } from '#kernel/ids.ts'
import type { TestProduct } from '../product.ts'
import { type Answer, ownPage, type Web } from '../web.ts'

export const MiB = 1024 * 1024

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** A browser that sends files in, step by step or as a whole. */
export function uploader(test: TestProduct, web: Web, cookie: string) {
  const begin = (file: { id: string; name: string; size: number; purpose?: AttachmentPurpose }) =>
    web.post('/api/uploads', { purpose: 'before', ...file }, cookie)
  const put = (id: string, offset: number, bytes: Buffer) =>
    web.request({
      method: 'PUT',
      url: `/api/uploads/${id}?offset=${offset}`,
      headers: { cookie, 'content-type': 'application/octet-stream', ...ownPage },
      payload: bytes,
    })
  const finish = (id: string, hash?: string) =>
    web.post(`/api/uploads/${id}/finish`, hash === undefined ? {} : { sha256: hash }, cookie)
  return {
    begin,
    put,
    finish,
    status: (id: string) => web.get(`/api/uploads/${id}`, cookie),
    drop: (id: string) => web.request({ method: 'DELETE', url: `/api/uploads/${id}`, headers: { cookie, ...ownPage } }),
    mint: () => newId(test.clock.now().getTime()),
    /** All of it; the answer is that of the first step that was refused, else of the last. */
    async send(bytes: Buffer, name: string, purpose: AttachmentPurpose = 'before'): Promise<Answer & { id: string }> {
      const id = newId(test.clock.now().getTime())
      let answer = await begin({ id, name, size: bytes.length, purpose })
      for (let at = 0; answer.status === 200 && at < bytes.length; at += MiB) {
        answer = await put(id, at, bytes.subarray(at, at + MiB))
      }
      return { ...(answer.status === 200 ? await finish(id, sha256(bytes)) : answer), id }
    },
  }
}

export type Uploader = ReturnType<typeof uploader>
