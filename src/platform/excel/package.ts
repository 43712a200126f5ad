import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'
import yauzl from 'yauzl'
import { refuse } from '#kernel/errors.ts'
import { excelErrors } from './errors.ts'

/** No honest ledger unpacks to more; a zip bomb does. */
export const maxUnpacked = 1_500_000_000
export const maxRatio = 400

export interface Package {
  has(name: string): boolean
  stream(name: string): Promise<Readable>
  close(): void
}

/** Opens an .xlsx as the zip it is; tells old, encrypted and broken files apart in words. */
export async function openPackage(path: string): Promise<Package> {
  const file = await open(path)
  const head = Buffer.alloc(8)
  await file.read(head, 0, 8, 0)
  await file.close()
  if (head.readUInt32BE(0) === 0xd0cf11e0) refuse(excelErrors.oldFormat)
  if (head.readUInt16BE(0) !== 0x504b) refuse(excelErrors.notWorkbook)
  const entries = new Map<string, yauzl.Entry>()
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) =>
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, opened) =>
      error ? reject(error) : resolve(opened),
    ),
  ).catch(() => refuse(excelErrors.notWorkbook))
  await new Promise<void>((resolve, reject) => {
    let unpacked = 0
    zip.on('entry', (entry: yauzl.Entry) => {
      unpacked += entry.uncompressedSize
      const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize)
      if (unpacked > maxUnpacked || (ratio > maxRatio && entry.uncompressedSize > 10_000_000)) {
        reject(new Error('bomb'))
        return
      }
      entries.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.on('end', resolve)
    zip.on('error', reject)
    zip.readEntry()
  }).catch((error: unknown) => {
    zip.close()
    refuse(error instanceof Error && error.message === 'bomb' ? excelErrors.tooLarge : excelErrors.notWorkbook)
  })
  return {
    has: (name) => entries.has(name),
    stream: (name) =>
      new Promise((resolve, reject) => {
        const entry = entries.get(name)
        if (!entry) return reject(new Error(`part ${name} is missing`))
        zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)))
      }),
    close: () => zip.close(),
  }
}

export interface XmlHandlers {
  open(name: string, attributes: Record<string, string>): void
  close?(name: string): void
  text?(text: string): void
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

/**
 * Feeds one part through a SAX parser. Document type declarations are refused before any entity can expand. After each
 * chunk `between` may wait (back pressure) and answer false to stop early.
 */
export async function parsePart(
  pack: Package,
  name: string,
  handlers: XmlHandlers,
  between?: () => Promise<boolean> | boolean,
): Promise<void> {
  const parser = new SaxesParser({ xmlns: false })
  let failure: Error | undefined
  parser.on('doctype', () => refuse(excelErrors.unsafe))
  parser.on('error', (error) => {
    failure ??= error
  })
  parser.on('opentag', (tag) => handlers.open(localName(tag.name), tag.attributes))
  parser.on('closetag', (tag) => handlers.close?.(localName(tag.name)))
  parser.on('text', (text) => handlers.text?.(text))
  const stream = await pack.stream(name)
  const decoder = new TextDecoder()
  try {
    for await (const chunk of stream) {
      parser.write(decoder.decode(chunk, { stream: true }))
      if (failure) refuse(excelErrors.notWorkbook)
      if (between && !(await between())) return
    }
    parser.close()
  } finally {
    stream.destroy()
  }
  if (failure) refuse(excelErrors.notWorkbook)
}
