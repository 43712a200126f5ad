import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AttachmentPurposeId } from '#kernel/attachment.ts'
import { coreErrors, Problem, refuse } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import { Id } from '#kernel/ids.ts'
import { parseInput } from '#kernel/parse.ts'
import { fileErrors } from '../files/errors.ts'
import { partBytes } from '../files/files.ts'
import { cleanFileName } from '../files/names.ts'
import { type FileParts, idOf, mountFiles } from './file-answers.ts'
import { signedIn } from './operations.ts'

/** What a browser says of a file before its first part. */
export const NewUpload = z.object({
  id: Id,
  name: z.string().max(1000, '文件名太长，请改短后上传').transform(cleanFileName),
  size: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  type: z.string().max(200).optional(),
  purpose: AttachmentPurposeId,
  capturedAt: z.iso.datetime().nullable().default(null),
})

/** What it says when all parts are sent: the hash of what it meant to send. */
export const FinishedUpload = z.object({
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '校验值应为64位小写十六进制')
    .optional(),
})

/** Upload of files in parts, and the files of records. */
export async function mountUploads(app: FastifyInstance, parts: FileParts): Promise<void> {
  await app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: partBytes },
      (_request, body, done) => done(null, body),
    )
    mountReceiving(scope, parts)
  })
  mountFiles(app, parts)
}

function mountReceiving(app: FastifyInstance, parts: FileParts): void {
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
    return { received: await files.append(db, actor, idOf(request), offset, request.body, clock.now()) }
  })
  app.get('/api/uploads/:id', async (request) => files.status(db, await signedIn(parts, request), idOf(request)))
  app.post('/api/uploads/:id/finish', async (request: FastifyRequest) => {
    const actor = await signedIn(parts, request)
    const id = idOf(request)
    const { sha256 } = parseInput(FinishedUpload, request.body ?? {})
    await booked(parts, actor, id, () => files.finish(db, actor, id, clock.now(), sha256))
    return { finished: true }
  })
  app.delete('/api/uploads/:id', async (request) => {
    await files.drop(db, await signedIn(parts, request), idOf(request))
    return { dropped: true }
  })
}

/** A refused file is a fact an auditor asks for: who tried to bring in a program named .jpg. */
async function booked<T>(parts: FileParts, actor: Actor, id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Problem && error.def === fileErrors.notAllowed) {
      await parts.refusals.note(actor, 'upload.finish', id, error)
    }
    throw error
  }
}
