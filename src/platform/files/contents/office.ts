import yauzl from 'yauzl'
import { maxRatio, maxUnpacked } from '../../excel/package.ts'

type Found = { readonly type: string; readonly image: false } | { readonly fault: string }

/** Parts a document has at the most; a workbook of a thousand sheets stays far below. */
const mostParts = 20_000
/** The list of contents of a document is a few kilobytes; what it says decides what the document is. */
const mostListed = 2 * 1024 * 1024

const broken = '已损坏，无法作为 Word 或 Excel 文件打开，请重新保存后上传'
const bomb = '解开后大得不正常，不能上传。请检查文件来源'
const macros = '带有宏，不能上传。请另存为不含宏的 .docx 或 .xlsx 后上传'

const mains: readonly (readonly [part: string, type: string])[] = [
  ['wordprocessingml.document.main+xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['spreadsheetml.sheet.main+xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
]

/**
 * What a zip is: a Word or Excel file, or something that is not taken. Every part is unpacked once and thrown away, so
 * that a size in the directory that lies about what comes out is found here and not by whoever opens the file.
 */
export async function inspectOffice(path: string): Promise<Found> {
  let zip: yauzl.ZipFile
  try {
    zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false })
  } catch {
    // No directory at the end, or something behind it: whatever it is, it is not what Office writes.
    return { fault: broken }
  }
  try {
    const parts = await partsOf(zip)
    return typeof parts === 'string' ? { fault: parts } : await judge(zip, parts)
  } catch {
    return { fault: broken }
  } finally {
    zip.close()
  }
}

async function partsOf(zip: yauzl.ZipFile): Promise<readonly yauzl.Entry[] | string> {
  const parts: yauzl.Entry[] = []
  let unpacked = 0
  for await (const part of zip.eachEntry()) {
    parts.push(part)
    unpacked += part.uncompressedSize
    const ratio = part.uncompressedSize / Math.max(1, part.compressedSize)
    if (
      parts.length > mostParts ||
      unpacked > maxUnpacked ||
      (ratio > maxRatio && part.uncompressedSize > 10_000_000)
    ) {
      return bomb
    }
  }
  return parts
}

async function judge(zip: yauzl.ZipFile, parts: readonly yauzl.Entry[]): Promise<Found> {
  const list = parts.find((part) => part.fileName === '[Content_Types].xml')
  if (!list || list.uncompressedSize > mostListed) {
    return { fault: '是压缩包，不能上传。请解压后上传其中的文件' }
  }
  const contents = (await unpack(zip, list, true)).toString('utf8')
  const macro = parts.some((part) => /vbaproject|\/activex\/|macrosheets\//i.test(part.fileName))
  if (macro || /macroEnabled|vbaProject/i.test(contents)) return { fault: macros }
  const type = mains.find(([main]) => contents.includes(main))?.[1]
  if (!type) return { fault: '不是 Word 或 Excel 文档，不能上传。PPT 等请导出为 PDF 后上传' }
  for (const part of parts) await unpack(zip, part, false)
  return { type, image: false }
}

/** Unpacks one part; throws when it is encrypted, broken, or longer than the directory says. */
async function unpack(zip: yauzl.ZipFile, part: yauzl.Entry, keep: boolean): Promise<Buffer> {
  if (part.fileName.endsWith('/')) return Buffer.alloc(0)
  const kept: Buffer[] = []
  for await (const chunk of await zip.openReadStreamPromise(part)) if (keep) kept.push(chunk as Buffer)
  return Buffer.concat(kept)
}
