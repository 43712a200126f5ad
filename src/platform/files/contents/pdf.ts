import type { FileHandle } from 'node:fs/promises'
import type { Fault } from './fault.ts'
import { hiddenIn, isZipToo } from './hidden.ts'

/** Where readers look for the end of a PDF; scanners pad it with a few empty bytes at most. */
const tailBytes = 4096
const mostBehind = 1024

/** Whether what begins as a PDF also ends as one, and nothing stands behind it. */
export async function inspectPdf(file: FileHandle): Promise<Fault> {
  const { size } = await file.stat()
  const tail = Buffer.alloc(Math.min(size, tailBytes))
  await file.read(tail, 0, tail.length, size - tail.length)
  const end = tail.lastIndexOf('%%EOF')
  if (end < 0 || !tail.subarray(0, end).includes('startxref')) return '不是完整的 PDF 文件，请重新导出或扫描后上传'
  const behind = tail.subarray(end + 5)
  const hidden = (await isZipToo(file)) ? '压缩包' : hiddenIn(behind, Buffer.alloc(0))
  if (hidden || behind.length > mostBehind) {
    return `里面夹带了${hidden ?? '其他内容'}，不能上传。请重新导出或扫描后上传`
  }
  return undefined
}
