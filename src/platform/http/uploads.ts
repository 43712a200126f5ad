import { createReadStream } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AttachmentPurposeId } from '#kernel/attachment.ts'
import { coreErrors, Problem, refuse } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import { Id } from '#kernel/ids.ts'
import { parseInput } from '#kernel/parse.ts'
import { fileErrors } from '../files/errors.ts'
import { type Files, partBytes } from '../files/files.ts'
import type { RecordSight } from '../module/module.ts'
import { type OperationParts, queryContext, signedIn } from './operations.ts'

export interface UploadParts extends OperationParts {
  readonly files: Files
  /** Who may see a record decides who may see its files. */
  sights(): ReadonlyMap<string, RecordSight>
}

/** What a browser says of a file before its first part. */
export const NewUpload = z.object({
  id: Id,
  name: z
    .string()
    .trim()
    .min(1, '缺少文件名')
    .max(200, '文件名太长，请改短后上传')
    // A name is shown and sent back in a header; what would break a path or a line has no place in it.
    .transform((name) => name.replace(/[\p{Cc}/\\]/gu, '_')),
  size: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  type: z.string().max(200).optional(),
  purpose: AttachmentPurposeId,
  capturedAt: z.iso.datetime().nullable().default(null),
})

/** Upload of files in parts, and the files of records. */
export async function mountUploads(app: FastifyInstance, parts: UploadParts): Promise<void> {
  await app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: partBytes },
      (_request, body, done) => done(null, body),
    )
    mountReceiving(scope, parts)
  })
  app.get('/api/attachments/:id', (request, reply) => sendFile(parts, request, reply))
}

function mountReceiving(app: FastifyInstance, parts: UploadParts): void {
  const { files, db, clock } = parts
  app.post('/api/uploads', async (request) => {
    const actor = await signedIn(parts, request)
    const input = parseInput(NewUpload, request.body)
    const capturedAt = input.capturedAt === null ? null : new Date(input.capturedAt)
    return booked(parts, actor, input.id, async () => ({
      received: await files.begin(db, actor, { ...input, capturedAt }, clock.now()),
    }))
  })
  app.put('/api/uploads/:id', async (request) => {
    const actor = await signedIn(parts, request)
    const { offset } = parseInput(z.object({ offset: z.coerce.number().int().min(0) }), request.query)
    if (!Buffer.isBuffer(request.body)) refuse(coreErrors.unsupportedType)
    return { received: await files.append(db, actor, idOf(request), offset, request.body) }
  })
  app.get('/api/uploads/:id', async (request) => files.status(db, await signedIn(parts, request), idOf(request)))
  app.post('/api/uploads/:id/finish', async (request) => {
    const actor = await signedIn(parts, request)
    const id = idOf(request)
    await booked(parts, actor, id, () => files.finish(db, actor, id, clock.now()))
    return { finished: true }
  })
}

/** A refused file is a fact an auditor asks for: who tried to bring in a program named .jpg. */
async function booked<T>(parts: UploadParts, actor: Actor, id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Problem && error.def === fileErrors.notAllowed) {
      await parts.refusals.note(actor, 'upload.finish', id, error)
    }
    throw error
  }
}

function idOf(request: FastifyRequest): string {
  const parsed = z.object({ id: Id }).safeParse(request.params)
  return parsed.success ? parsed.data.id : refuse(coreErrors.notFound)
}

const variants = z.object({ variant: z.enum(['file', 'view', 'thumb']).default('file') })

/** Shown in the page when a browser can show it safely; everything else is saved. */
const inline = /^(image\/|video\/|application\/pdf$)/

async function sendFile(parts: UploadParts, request: FastifyRequest, reply: FastifyReply) {
  const actor = await signedIn(parts, request)
  const { variant } = parseInput(variants, request.query)
  const row = await parts.files.find(parts.db, idOf(request))
  const sight = row && parts.sights().get(row.record_type)
  const seen = row && (await sight?.sight(queryContext(parts, actor), row.record_id))
  if (!row || !seen) {
    const problem = new Problem(coreErrors.notFound)
    await parts.refusals.book(actor, 'attachment.open', row?.record_id, problem)
    throw problem
  }
  const etag = `"${row.sha256.slice(0, 32)}-${variant}"`
  reply.header('etag', etag).header('cache-control', 'private, max-age=86400').header('accept-ranges', 'bytes')
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  const file = await parts.files.open(row, variant)
  const shown = inline.test(file.type) ? 'inline' : 'attachment'
  reply
    .header('content-type', file.type)
    .header('content-disposition', `${shown}; filename*=UTF-8''${encodeURIComponent(row.name)}`)
    // A PDF or picture opened alone must not run anything in our origin.
    .header('content-security-policy', "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox")
  const range = rangeOf(request.headers.range, file.size)
  if (range === 'invalid') return reply.code(416).header('content-range', `bytes */${file.size}`).send()
  if (!range) return reply.header('content-length', file.size).send(createReadStream(file.path))
  return reply
    .code(206)
    .header('content-range', `bytes ${range.from}-${range.to}/${file.size}`)
    .header('content-length', range.to - range.from + 1)
    .send(createReadStream(file.path, { start: range.from, end: range.to }))
}

/** One byte range of a Range header, as players of videos ask; undefined = send the whole file. */
export function rangeOf(
  header: string | undefined,
  size: number,
): { readonly from: number; readonly to: number } | 'invalid' | undefined {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!found || (found[1] === '' && found[2] === '')) return undefined
  const from = found[1] === '' ? Math.max(0, size - Number(found[2])) : Number(found[1])
  const to = found[1] === '' || found[2] === '' ? size - 1 : Math.min(Number(found[2]), size - 1)
  return from > to || from >= size ? 'invalid' : { from, to }
}
