import { createReadStream } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { coreErrors, Problem, refuse } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import { Id } from '#kernel/ids.ts'
import { parseInput } from '#kernel/parse.ts'
import type { Files } from '../files/files.ts'
import { dispositionOf } from '../files/names.ts'
import type { RecordSight } from '../module/module.ts'
import { type OperationParts, queryContext, signedIn } from './operations.ts'

export interface FileParts extends OperationParts {
  readonly files: Files
  /** Who may see a record decides who may see its files. */
  sights(): ReadonlyMap<string, RecordSight>
}

export function idOf(request: FastifyRequest): string {
  const parsed = z.object({ id: Id }).safeParse(request.params)
  return parsed.success ? parsed.data.id : refuse(coreErrors.notFound)
}

const variants = z.object({ variant: z.enum(['file', 'view', 'thumb']).default('file') })

export function mountFiles(app: FastifyInstance, parts: FileParts): void {
  app.get('/api/attachments/:id', async (request, reply) => {
    const actor = await signedIn(parts, request)
    const { variant } = parseInput(variants, request.query)
    return sendFile(parts, request, reply, await visibleFile(parts, actor, idOf(request), variant), variant)
  })
  // Before it hangs on a record a file is its uploader's alone, who wants to see what was chosen.
  app.get('/api/uploads/:id/file', async (request, reply) => {
    const actor = await signedIn(parts, request)
    const { variant } = parseInput(variants, request.query)
    const file = await parts.files.findUpload(parts.db, idOf(request), actor.accountId)
    return sendFile(parts, request, reply, file ?? refuse(coreErrors.notFound), variant)
  })
}

/** The attachment for a viewer of its record; the refusal of anything else is booked and tells nothing of it. */
async function visibleFile(parts: FileParts, actor: Actor, id: string, variant: Variant) {
  const row = await parts.files.find(parts.db, id)
  const sight = row && parts.sights().get(row.record_type)
  const seen = row && (await sight?.sight(queryContext(parts, actor), row.record_id))
  const refused = !seen
    ? new Problem(coreErrors.notFound)
    : row.image && variant === 'file' && !seen.originals && row.account_id !== actor.accountId
      ? new Problem(coreErrors.notAllowed)
      : undefined
  if (!row || refused) {
    const problem = refused ?? new Problem(coreErrors.notFound)
    await parts.refusals.book(actor, 'attachment.open', row?.record_id, problem)
    throw problem
  }
  return row
}

type Variant = z.infer<typeof variants>['variant']

interface SentFile {
  readonly sha256: string
  readonly type: string
  readonly image: boolean
  readonly name: string
}

/**
 * What a browser shows in the page. A picture is shown as our own copy of it; its original is only ever saved, and so is
 * a PDF: browsers refuse to show one in a sandbox, and without one it is the sender's code in our origin.
 */
const shown = (file: SentFile, variant: Variant) => (file.image ? variant !== 'file' : file.type.startsWith('video/'))

async function sendFile(
  parts: FileParts,
  request: FastifyRequest,
  reply: FastifyReply,
  file: SentFile,
  variant: Variant,
) {
  const etag = `"${file.sha256.slice(0, 32)}-${variant}"`
  // Asked anew every time: on a shared PC the next person must not get from the browser what only the last may see.
  reply.header('etag', etag).header('cache-control', 'private, no-cache').header('accept-ranges', 'bytes')
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  const opened = await parts.files.open(file, variant)
  const name = opened.type === file.type ? file.name : `${file.name}.webp`
  reply
    .header('content-type', opened.type)
    .header('content-disposition', dispositionOf(shown(file, variant) ? 'inline' : 'attachment', name))
    .header('content-security-policy', policy)
  const range = rangeOf(request.headers.range, opened.size)
  if (range === 'invalid') return reply.code(416).header('content-range', `bytes */${opened.size}`).send()
  if (!range) return reply.header('content-length', opened.size).send(createReadStream(opened.path))
  return reply
    .code(206)
    .header('content-range', `bytes ${range.from}-${range.to}/${opened.size}`)
    .header('content-length', range.to - range.from + 1)
    .send(createReadStream(opened.path, { start: range.from, end: range.to }))
}

/** A file opened alone must not run anything in our origin. */
const policy =
  "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"

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
