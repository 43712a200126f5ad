import sharp from 'sharp'
import type { AttachmentPurpose } from '#kernel/attachment.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Files } from '#platform/files/files.ts'
import { createRandom } from './random.ts'

/** A drawn picture, recognisably no photograph: shapes and colours by `seed`; rough before, tidy after. */
export async function drawPicture(seed: number, tidy: boolean): Promise<Buffer> {
  const random = createRandom(seed)
  const tone = () => `hsl(${random.int(0, 359)} ${tidy ? 35 : 60}% ${random.int(35, 75)}%)`
  const boxes = Array.from({ length: 14 }, () => {
    const size = `width="${random.int(60, 320)}" height="${random.int(40, 260)}"`
    const turn = tidy ? 0 : random.int(-25, 25)
    const x = random.int(0, 720)
    const y = random.int(0, 500)
    return `<rect x="${x}" y="${y}" ${size} fill="${tone()}" transform="rotate(${turn} ${x} ${y})"/>`
  })
  const mark = tidy
    ? '<circle cx="880" cy="80" r="50" fill="#2e7d32"/>'
    : '<circle cx="880" cy="80" r="50" fill="#c62828"/>'
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="640"><rect width="960" height="640" fill="${tone()}"/>${boxes.join('')}${mark}</svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 70 }).toBuffer()
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
  const offsets = objects.map((object, at) => {
    const offset = body.length
    body += `${at + 1} 0 obj${object}endobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  return Buffer.from(
    `${body}xref\n0 6\n0000000000 65535 f \n${table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF`,
  )
}

/** Sends a file in as a person would, at that time; answers what an action hangs on its record. */
export async function sendIn(
  files: Files,
  db: Db,
  actor: Actor,
  file: { readonly name: string; readonly bytes: Buffer; readonly purpose: AttachmentPurpose },
  now: Date,
) {
  const id = newId(now.getTime())
  const { name, bytes, purpose } = file
  await files.begin(db, actor, { id, name, size: bytes.length, purpose, capturedAt: null }, now)
  await files.append(db, actor, id, 0, bytes)
  await files.finish(db, actor, id, now)
  return { uploadId: id, purpose, caption: '' }
}
