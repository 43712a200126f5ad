import { type FileHandle, open } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import type { Fault } from './fault.ts'
import { inspectFilm } from './film.ts'
import { inspectOffice } from './office.ts'
import { inspectPdf } from './pdf.ts'
import { inspectPicture } from './picture.ts'
import { isPlainText } from './plain-text.ts'

/** What a file is, or the Chinese reason why it is not taken, said about its name. */
export type Inspected = { readonly type: string; readonly image: boolean } | { readonly refused: string }

const pictures = new Set(['image/jpeg', 'image/png', 'image/webp'])
const films = new Set(['video/mp4', 'video/quicktime'])

/** Text is told apart by its name alone: tables, and files of a data pack. */
const texts: readonly (readonly [ending: RegExp, type: string])[] = [
  [/\.(csv|txt)$/i, 'text/csv'],
  [/\.ya?ml$/i, 'application/yaml'],
]

/** First bytes of what is a zip inside: Word and Excel as well as plain archives. */
const isZip = (head: Uint8Array) => head[0] === 0x50 && head[1] === 0x4b

/**
 * What a file is, by all of its bytes; its name counts only to tell texts apart. Being of an allowed type is
 * not enough: a picture that is an archive as well, a document with macros or one that unpacks to gigabytes is refused.
 */
export async function inspect(path: string, name: string): Promise<Inspected> {
  const file = await open(path)
  try {
    const found = await look(file, path, name)
    return 'fault' in found ? { refused: `“${name}”${found.fault}` } : found
  } finally {
    await file.close()
  }
}

type Found = { readonly type: string; readonly image: boolean } | { readonly fault: string }

async function look(file: FileHandle, path: string, name: string): Promise<Found> {
  const head = Buffer.alloc(8192)
  const { bytesRead } = await file.read(head, 0, head.length, 0)
  const start = head.subarray(0, bytesRead)
  if (isZip(start)) return inspectOffice(path)
  // A table whose first heading begins with BM is no bitmap: all of it is text.
  const written = texts.find(([ending]) => ending.test(name))
  if (written && (await isPlainText(path))) return { type: written[1], image: false }
  const type = (await fileTypeFromBuffer(start))?.mime
  if (type && pictures.has(type)) return verdict(type, await inspectPicture(file, type))
  if (type && films.has(type)) return verdict(type, await inspectFilm(file))
  if (type === 'application/pdf') return verdict(type, await inspectPdf(file))
  return { fault: await unwanted(start, name) }
}

const verdict = (type: string, fault: Fault): Found => (fault ? { fault } : { type, image: pictures.has(type) })

const allowed = '可以上传照片（JPG、PNG）、视频（MP4）、PDF、Word、Excel 和 CSV 文件'

/** Words for what is never taken: what it really is, and what to do instead. */
async function unwanted(head: Buffer, name: string): Promise<string> {
  const found = await fileTypeFromBuffer(head)
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase()
  const text = head.toString('latin1')
  if (text.startsWith('MZ') || found?.ext === 'exe' || found?.ext === 'elf') {
    const disguise = ending && ending !== 'exe' ? `，只是改名成了 .${ending}` : ''
    return `实际上是可执行程序${disguise}，不能上传。${allowed}`
  }
  if (/^(\xef\xbb\xbf)?\s*<|<svg[\s>]|<script[\s>]/i.test(text)) {
    return `是网页或 SVG 图形，可能带有脚本，不能上传。图形请另存为 PNG 或 JPG 后上传`
  }
  if (found?.mime === 'image/heic' || found?.mime === 'image/heif') {
    return '是苹果手机的 HEIC 照片，本系统打不开。请点“拍照”直接拍摄，或在手机“设置—相机—格式”中选“兼容性最佳”后重拍，也可以先转成 JPG 再上传'
  }
  if (found?.ext === 'cfb') return '是旧版或加密的 Office 文件，请去掉密码并另存为 .docx 或 .xlsx 后上传'
  if (found) return `的内容是 ${found.ext.toUpperCase()} 格式，不能上传。${allowed}`
  return `的格式无法识别，不能上传。${allowed}`
}
