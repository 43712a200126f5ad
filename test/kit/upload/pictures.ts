import { crc32, deflateRawSync, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import yazl from 'yazl'

/** A picture that looks like no other one: soft blotches and hard edges drawn from a seed. */
export async function photo(seed: number, size = { width: 320, height: 240 }): Promise<Buffer> {
  const random = randomOf(seed)
  const { width, height } = size
  const coarse = Buffer.from(Array.from({ length: 8 * 6 * 3 }, () => Math.floor(random() * 256)))
  const ground = await sharp(coarse, { raw: { width: 8, height: 6, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .png()
    .toBuffer()
  const shapes = Array.from({ length: 12 }, () => {
    const [x, y, w, h] = [random() * width, random() * height, 30 + random() * 160, 30 + random() * 160]
    const fill = `hsl(${Math.floor(random() * 360)} 60% ${20 + Math.floor(random() * 60)}%)`
    return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" transform="rotate(${random() * 90} ${x} ${y})"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes.join('')}</svg>`
  return sharp(ground)
    .composite([{ input: Buffer.from(svg) }])
    .jpeg({ quality: 90 })
    .toBuffer()
}

function randomOf(seed: number): () => number {
  let state = seed * 2_654_435_761
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The same with what a phone writes into it. `at` as `2026:11:20 08:30:00`, position in degrees of a phone's receiver. */
export async function taken(
  picture: Buffer,
  said: { at?: string; zone?: string; lng?: number; lat?: number; orientation?: number },
): Promise<Buffer> {
  const gps = (value: number) => {
    const degrees = Math.floor(Math.abs(value))
    const minutes = Math.floor((Math.abs(value) - degrees) * 60)
    const seconds = Math.round(((Math.abs(value) - degrees) * 60 - minutes) * 6000)
    return `${degrees}/1 ${minutes}/1 ${seconds}/100`
  }
  const { at, zone, lng, lat, orientation } = said
  return sharp(picture)
    .withExif({
      IFD0: { Make: 'Huawei', Model: 'Mate' },
      IFD2: { ...(at ? { DateTimeOriginal: at } : {}), ...(zone ? { OffsetTimeOriginal: zone } : {}) },
      ...(lng !== undefined && lat !== undefined
        ? {
            IFD3: {
              GPSLatitudeRef: lat < 0 ? 'S' : 'N',
              GPSLatitude: gps(lat),
              GPSLongitudeRef: lng < 0 ? 'W' : 'E',
              GPSLongitude: gps(lng),
            },
          }
        : {}),
    })
    .withMetadata(orientation ? { orientation } : {})
    .jpeg({ quality: 90 })
    .toBuffer()
}

/** A zip of these files, as any program writes it. */
export async function zipOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content as string), name)
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const contentTypes = (main: string) =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/main.xml" ContentType="${main}"/></Types>`

export const mainTypes = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
  docm: 'application/vnd.ms-word.document.macroEnabled.main+xml',
} as const

/** An office document reduced to what makes it one. */
export const office = (kind: keyof typeof mainTypes, more: Readonly<Record<string, string | Buffer>> = {}) =>
  zipOf({ '[Content_Types].xml': contentTypes(mainTypes[kind]), 'main.xml': '<main/>', ...more })

/**
 * A document whose directory says that a part is `says` bytes long, while `zeros` come out of it. The parts before it
 * are true, so that it passes for a document until somebody unpacks it.
 */
export async function lyingOffice(says: number, zeros: number): Promise<Buffer> {
  const bytes = Buffer.from(await office('docx', { 'media/a.bin': 'x'.repeat(64) }))
  const packed = deflateRawSync(Buffer.alloc(zeros))
  const local = bytes.lastIndexOf('PK\x03\x04', bytes.indexOf('PK\x01\x02'), 'latin1')
  const directory = bytes.indexOf('PK\x01\x02', 0, 'latin1')
  const entry = bytes.lastIndexOf('PK\x01\x02', bytes.length, 'latin1')
  const end = bytes.indexOf('PK\x05\x06', 0, 'latin1')
  const nameLength = bytes.readUInt16LE(local + 26)
  const extraLength = bytes.readUInt16LE(local + 28)
  const head = Buffer.from(bytes.subarray(local, local + 30 + nameLength + extraLength))
  const row = Buffer.from(bytes.subarray(entry, end))
  const tail = Buffer.from(bytes.subarray(end))
  for (const [buffer, at] of [
    [head, 18],
    [row, 20],
  ] as const) {
    buffer.writeUInt32LE(packed.length, at)
    buffer.writeUInt32LE(says, at + 4)
  }
  head.writeUInt16LE(8, 8)
  row.writeUInt16LE(8, 10)
  tail.writeUInt32LE(local + head.length + packed.length, 16)
  return Buffer.concat([bytes.subarray(0, local), head, packed, bytes.subarray(directory, entry), row, tail])
}

/** A box of an MP4. */
export function box(kind: string, content: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.length + 8)
  head.write(kind, 4, 'latin1')
  return Buffer.concat([head, content])
}

export const film = (...more: Buffer[]) =>
  Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\0\0isommp42', 'latin1')),
    box('moov', Buffer.alloc(64)),
    box('mdat', Buffer.alloc(4000)),
    ...more,
  ])

export const pdf = (text = 'paper') => Buffer.from(`%PDF-1.4\n% ${text}\nstartxref\n0\n%%EOF\n`)

/** A Windows program, as far as its bytes tell. */
export const program = Buffer.concat([
  Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'),
  Buffer.alloc(120),
  Buffer.from('This program cannot be run in DOS mode.\r\r\n$'),
  Buffer.alloc(400),
])

/** A black-and-white PNG of nothing: a few kilobytes however many pixels it unpacks to. */
export function blankPng(width: number, height: number): Buffer {
  const chunk = (kind: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind), content])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(content.length)
    ends.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width)
  head.writeUInt32BE(height, 4)
  head[8] = 1
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
