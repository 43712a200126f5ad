import sharp from 'sharp'
import type { AttachmentInput, AttachmentPurpose } from '#kernel/attachment.ts'
import type { Actor } from '#kernel/grants.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Files } from '#platform/files/files.ts'
import { createRandom } from './random.ts'

/** D, E, M, O as strokes on a 4 × 6 grid: a host without fonts draws no text. */
const letters = ['M0 0V6H2L4 4V2L2 0Z', 'M4 0H0V6H4M0 3H3', 'M0 6V0L2 3L4 0V6', 'M1 0H3L4 1V5L3 6H1L0 5V1Z']
const mark = letters.map((path, place) => `<path d="${path}" transform="translate(${place * 6} 0)"/>`).join('')

/** Where the picture of a place is taken from, one after another. */
const views = [
  '',
  'rotate(5 360 240) translate(-60 -50) scale(1.3)',
  'rotate(-9 360 240) translate(-270 -130) scale(1.55)',
  'rotate(12 360 240) translate(-10 -260) scale(1.8)',
]

/**
 * A drawn scene, recognisably no photograph and marked DEMO: the same place by `seed`, with things lying about and a
 * danger sign before, tidied, fenced and ticked after. `shot` counts the pictures of the place: each is taken from
 * somewhere else.
 */
export async function drawPicture(seed: number, tidy: boolean, shot = tidy ? 1 : 0): Promise<Buffer> {
  const random = createRandom(seed)
  const tone = (light: number) => `hsl(${random.int(0, 359)} ${random.int(15, 55)}% ${light + random.int(-12, 12)}%)`
  const floor = random.int(250, 400)
  const plant = Array.from({ length: random.int(3, 6) }, () => {
    const width = random.int(60, 230)
    const height = random.int(70, 300)
    const x = random.int(-20, 640)
    const shape = random.chance(0.4) ? `rx="${width / 2}"` : 'rx="4"'
    return `<rect x="${x}" y="${floor + random.int(10, 60) - height}" width="${width}" height="${height}" ${shape} fill="${tone(48)}" stroke="#333" stroke-width="2"/>`
  }).join('')
  const clutter = Array.from({ length: random.int(7, 13) }, (_, index) => {
    const size = random.int(24, 70)
    const [x, y, turn, fill] = [random.int(20, 660), random.int(floor + 10, 440), random.int(-40, 40), tone(55)]
    const place = tidy
      ? `x="${20 + index * 40}" y="${floor + 16}" width="34" height="34"`
      : `x="${x}" y="${y}" width="${size}" height="${size}"`
    const tilt = tidy ? '' : ` transform="rotate(${turn} ${x} ${y})"`
    return `<rect ${place} fill="${fill}" stroke="#222"${tilt}/>`
  }).join('')
  const sign = tidy
    ? `<path d="M0 ${floor + 70}H720M60 ${floor + 20}V${floor + 90}M360 ${floor + 20}V${floor + 90}M660 ${floor + 20}V${floor + 90}" stroke="#f2c200" stroke-width="8"/><circle cx="650" cy="62" r="40" fill="#2e7d32"/><path d="M630 62l14 16l28 -32" stroke="#fff" stroke-width="9" fill="none"/>`
    : `<path d="M650 22L696 102H604Z" fill="#c62828"/><path d="M650 48V78M650 86V94" stroke="#fff" stroke-width="9"/>`
  const scene = `<rect x="-400" y="-400" width="1600" height="${floor + 400}" fill="${tone(75)}"/><rect x="-400" y="${floor}" width="1600" height="900" fill="${tone(38)}"/>${plant}${clutter}${sign}`
  // Nobody holds a phone twice in the same place; and two pictures of one view would count as one photo used twice.
  const view = views[shot % views.length]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320" viewBox="0 0 720 480"><g transform="${view}">${scene}</g><g transform="translate(24 24) scale(9)" fill="none" stroke="#111" stroke-width="1.1" opacity="0.55">${mark}</g></svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 68 }).toBuffer()
}

/** A PDF of one line; Latin letters only, since the standard fonts of PDF have no Chinese. */
export function drawPaper(line: string): Buffer {
  const text = `BT /F1 18 Tf 60 760 Td (${line.replace(/[()\\]/g, '')}) Tj ET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${text.length}>>stream\n${text}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = body.length
    body += `${index + 1} 0 obj${object}endobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  return Buffer.from(
    `${body}xref\n0 6\n0000000000 65535 f \n${table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF`,
  )
}

/** Sends a file in as a person would, at that time; answers what an action hangs on its record. Repeating it is harmless. */
export async function sendIn(
  files: Files,
  db: Db,
  actor: Actor,
  file: { readonly id: string; readonly name: string; readonly bytes: Buffer; readonly purpose: AttachmentPurpose },
  now: Date,
): Promise<AttachmentInput> {
  const { id, name, bytes, purpose } = file
  const received = await files.begin(db, actor, { id, name, size: bytes.length, purpose, capturedAt: null }, now)
  if (received < bytes.length) await files.append(db, actor, id, received, bytes.subarray(received), now)
  await files.finish(db, actor, id, now)
  return { uploadId: id, purpose, caption: '演示图片或文书，非现场材料' }
}
