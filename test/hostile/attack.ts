import fc from 'fast-check'
import { z } from 'zod'
import { type ActionContract, operationPath } from '#kernel/contract.ts'
import { Id } from '#kernel/ids.ts'
import { ownPage } from '#test/kit/web.ts'
import { damagedText, damagedValue } from './damage.ts'
import type { Door } from './doors.ts'
import { type Pool, sensible } from './shapes.ts'
import { hostileTexts, hostileValue } from './values.ts'

/** One request as it goes over the line. */
export interface Attack {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly payload?: string | Buffer
}

/** A record to aim at: the id and the version it has now. */
export type Targets = (type: string) => readonly { readonly id: string; readonly version: number }[]

const mintId = fc.uuid({ version: 7 })
const strangeTexts = fc.constantFrom<unknown>(...hostileTexts)

/** An id and a version: mostly those of a record, else of another type, of nothing, or of no form at all. */
function aim(contract: ActionContract, targets: Targets): fc.Arbitrary<Record<string, unknown>> {
  const own = targets(contract.record)
  const version = (now: number) =>
    fc.oneof(
      { weight: 8, arbitrary: fc.constant<unknown>(now) },
      {
        weight: 1,
        arbitrary: fc.constantFrom<unknown>(now - 1, now + 1, -1, 0, 2_147_483_648, 1.5, '1', null, undefined),
      },
    )
  const fresh = mintId.map((recordId) => ({ recordId }))
  const nothing = fc.record({ recordId: fc.oneof(mintId, strangeTexts), version: version(1) })
  if (contract.creates) return fc.oneof({ weight: 9, arbitrary: fresh }, { weight: 1, arbitrary: nothing })
  const others = targets('')
  const at = (of: typeof own) =>
    fc
      .constantFrom(...of)
      .chain(({ id, version: now }) => fc.record({ recordId: fc.constant(id), version: version(now) }))
  return fc.oneof(
    ...(own.length > 0 ? [{ weight: 8, arbitrary: at(own) }] : []),
    { weight: 1, arbitrary: at(others) },
    { weight: 1, arbitrary: nothing },
  )
}

/** What a page of ours would send, as near as the contract tells. */
function rightBody(door: Door, pool: Pool, targets: Targets): fc.Arbitrary<unknown> {
  const input = sensible(door.contract.input, pool)
  if (door.contract.kind !== 'action' || !door.envelope) return input
  return fc
    .tuple(mintId, aim(door.contract, targets), input)
    .map(([actionId, on, given]) => ({ actionId, ...on, input: given }))
}

const get = (url: string): Attack => ({ method: 'GET', url, headers: {} })
const asked = (path: string, text: string) => get(`${path}?input=${encodeURIComponent(text)}`)
const posted = (url: string, payload: string | Buffer, type = 'application/json'): Attack => ({
  method: 'POST',
  url,
  headers: { 'content-type': type, ...ownPage },
  payload,
})

/** JSON can say half of a letter, an address cannot. */
const json = (value: unknown): string => JSON.stringify(value) ?? ''

const send = (door: Door, text: string | Buffer): Attack => {
  const path = operationPath(door.contract.id)
  if (door.method === 'POST') return posted(path, text)
  return asked(path, String(text).toWellFormed())
}

/** The request that is right in form; its values may still be sly. */
export const wellFormed = (door: Door, pool: Pool, targets: Targets): fc.Arbitrary<Attack> =>
  rightBody(door, pool, targets).map((body) => send(door, json(body)))

const types = [
  '',
  'text/plain',
  'text/xml',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'application/octet-stream',
  'application/json; charset=utf-16',
  'application/jsonp',
  'APPLICATION/JSON;;;',
  'json',
  '*/*',
  `application/json; a=${'x'.repeat(5000)}`,
  'application/json\u00ff',
]

/** Everything around the value made wrong: type, method, headers, address. */
function damagedLine(door: Door, text: string): fc.Arbitrary<Attack> {
  const path = operationPath(door.contract.id)
  const right = send(door, text)
  const input = encodeURIComponent(text.toWellFormed())
  return fc.oneof(
    fc.constantFrom(...types).map((type) => posted(path, text, type)),
    fc.constantFrom('PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'GET', 'POST', 'PROPFIND', 'TRACE').map((method) => {
      const { payload: _payload, ...rest } = right
      return { ...rest, method }
    }),
    fc
      .constantFrom<Record<string, string>>(
        { 'content-length': '5' },
        { 'content-encoding': 'gzip' },
        { 'transfer-encoding': 'chunked' },
        { 'sec-fetch-site': 'cross-site' },
        { origin: 'null', 'sec-fetch-site': '' },
        { 'x-zhiben': '0' },
        { host: 'evil.example' },
        { 'x-forwarded-for': '127.0.0.1, ::1, <script>' },
        { 'x-http-method-override': 'DELETE' },
        { 'accept-encoding': '*;q=0', accept: 'image/png' },
        { 'user-agent': 'x'.repeat(10_000) },
        { range: 'bytes=0-0,-1' },
        { 'if-none-match': '*' },
      )
      .map((headers) => ({ ...right, headers: { ...right.headers, ...headers } })),
    fc
      .constantFrom(
        `?input=${input}&input=${input}`,
        `?input[]=${input}`,
        `?input[__proto__]=x`,
        `?input=${input}&__proto__=x`,
        '?input=%',
        '?input=%ff%fe',
        '?input=%00',
        '?input',
        '?=',
        '?input=&input=',
        `?${'a=b&'.repeat(5000)}`,
        `?input=${'%7B'.repeat(5_000)}`,
        `?input=${'%5B'.repeat(5_000)}${'%5D'.repeat(5_000)}`,
        `?input=${encodeURIComponent(text.slice(0, text.length / 2).toWellFormed())}`,
        ';input=1',
        '/',
        '/..',
        '/%2e%2e/%2e%2e/etc/passwd',
        '/%00',
        '/%zz',
        '%',
        '%c0%af',
        `/${'a'.repeat(3000)}`,
        '#x',
        '.json',
        '?input=undefined',
      )
      .map((tail) => ({ ...right, url: path + tail })),
  )
}

/** A request that went wrong on purpose, in its values, its text or what is around them. */
export const damaged = (door: Door, pool: Pool, targets: Targets): fc.Arbitrary<Attack> =>
  rightBody(door, pool, targets).chain((body) =>
    fc.oneof(
      { weight: 6, arbitrary: damagedValue(body).map((value) => send(door, json(value))) },
      { weight: 2, arbitrary: damagedText(json(body)).map((text) => send(door, text)) },
      { weight: 2, arbitrary: damagedLine(door, json(body)) },
    ),
  )

/** Routes for files, which no contract describes: a file is begun, sent in parts, asked for, finished and given up. */
export function uploadAttacks(pool: Pool): fc.Arbitrary<Attack> {
  const ids = fc.constantFrom(...Object.values(pool.ids).flat(), ...hostileTexts.map((text) => text.slice(0, 300)))
  const path = ids.map((id) => `/api/uploads/${encodeURIComponent(id.toWellFormed())}`)
  const sly = strangeTexts.map((text) => encodeURIComponent(String(text).slice(0, 3000).toWellFormed()))
  const begun = mintId.chain((id) =>
    damagedValue({ id, name: 'a.pdf', size: 100, purpose: 'before', capturedAt: null }),
  )
  const read = (url: string, headers: Record<string, string> = {}): Attack => ({ method: 'GET', url, headers })
  const ranges = fc.constantFrom(
    'bytes=',
    'bytes=-1',
    'bytes=9-1',
    'bytes=0-99999999999999999999',
    'bytes=x',
    'items=0-1',
  )
  return fc.oneof(
    { weight: 3, arbitrary: begun.map((body) => posted('/api/uploads', json(body))) },
    fc.tuple(path, fc.oneof(sly, fc.constantFrom('-1', '1e3', '0', '9'.repeat(30)))).map(([url, offset]) => ({
      ...posted(`${url}?offset=${offset}`, Buffer.from('%PDF-1.4'), 'application/octet-stream'),
      method: 'PUT',
    })),
    fc.tuple(path, hostileValue).map(([url, sha256]) => posted(`${url}/finish`, json({ sha256 }))),
    path.map((url) => ({ method: 'DELETE', url, headers: { ...ownPage } })),
    path.map((url) => read(url)),
    fc.tuple(path, sly).map(([url, variant]) => read(`${url}/file?variant=${variant}`)),
    fc
      .tuple(path, sly, ranges)
      .map(([url, variant, range]) => read(`${url.replace('uploads', 'attachments')}?variant=${variant}`, { range })),
  )
}

const Envelope = z.object({
  actionId: Id,
  recordId: Id,
  version: z.number().int().min(0).max(2_000_000_000).optional(),
  input: z.unknown(),
})

/** What the text of a request says, read by a way of its own; undefined when it says nothing. */
function readText(text: string): { readonly value: unknown } | undefined {
  try {
    return /\\u0000/i.test(text) ? undefined : { value: text === '' ? undefined : JSON.parse(text) }
  } catch {
    return undefined
  }
}

/**
 * Whether the request, sent to the operation's own address, asks for what its contract understands. Anything else has to
 * be refused, whoever sends it.
 */
export function isSound(door: Door, attack: Attack): boolean {
  try {
    return saysWhatIsMeant(door, attack)
  } catch (error) {
    // Too deep to be looked at by a rule of the contract.
    if (error instanceof RangeError) return false
    throw error
  }
}

function saysWhatIsMeant({ contract, method, envelope, takesNothing }: Door, attack: Attack): boolean {
  const url = new URL(attack.url, 'http://x')
  const sent = attack.method === 'HEAD' ? 'GET' : attack.method
  if (url.pathname !== operationPath(contract.id) || sent !== method) return false
  if (takesNothing) return true
  const given = method === 'GET' ? url.searchParams.getAll('input') : [String(attack.payload ?? '')]
  if (given.length > 1 || (method === 'POST' && !/^application\/json\b/i.test(attack.headers['content-type'] ?? '')))
    return false
  const read = given[0] === undefined ? { value: {} } : readText(given[0])
  if (!read) return false
  if (!envelope) return contract.input.safeParse(read.value ?? {}).success
  const parsed = Envelope.safeParse(read.value)
  if (!parsed.success || contract.kind !== 'action') return false
  if (!contract.creates && parsed.data.version === undefined) return false
  return contract.input.safeParse(parsed.data.input).success
}
