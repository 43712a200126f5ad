import { z } from 'zod'

/**
 * A UUIDv7 (RFC 9562): 48-bit Unix milliseconds, then random bits. Clients mint ids themselves, so that an action
 * captured offline keeps its identity when it is replayed.
 */
export function newId(at: number, random: (bytes: Uint8Array) => Uint8Array = fillRandom): string {
  const bytes = random(new Uint8Array(16))
  let rest = at
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return formatId(bytes)
}

/** Random bytes in stock: asking for sixteen costs as much as asking for four thousand. None is given out twice. */
const stock = new Uint8Array(4096)
let given = stock.length

function fillRandom(bytes: Uint8Array): Uint8Array {
  if (given + bytes.length > stock.length) {
    globalThis.crypto.getRandomValues(stock)
    given = 0
  }
  bytes.set(stock.subarray(given, given + bytes.length))
  given += bytes.length
  return bytes
}

function formatId(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Lower-case UUID text of any version; the database column type is `uuid`. */
export const Id = z.string().regex(uuidPattern, '编号格式不正确')
