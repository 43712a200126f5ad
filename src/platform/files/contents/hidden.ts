import type { FileHandle } from 'node:fs/promises'

/*
 * A file that is two things at once: a picture with an archive, a program or a page behind or inside it. Its bytes pass
 * for a picture at the door and for the other thing wherever somebody opens them under another name.
 */

const endOfZip = Buffer.from('PK\x05\x06', 'latin1')
const startOfDirectory = 0x02014b50
/** The record at the end of a zip, and the longest comment it may carry. */
const zipTail = 22 + 0xffff

const archives = ['Rar!\x1a\x07', '7z\xbc\xaf\x27\x1c'].map((mark) => Buffer.from(mark, 'latin1'))
const program = Buffer.from('This program cannot be run in DOS mode')
const elf = Buffer.from('\x7fELF', 'latin1')
const pdf = Buffer.from('%PDF-')
const page = /<(script|html|iframe|object|embed|svg)[\s>/]|<!doctype\s+html|<\?php|javascript:/i

/** What hides in the parts of a media file that hold no pixels; undefined when nothing does. */
export function hiddenIn(extra: Buffer, head: Buffer): string | undefined {
  if (archives.some((mark) => extra.includes(mark))) return '压缩包'
  if (extra.includes(program) || extra.includes(elf) || extra.subarray(0, 2).toString('latin1') === 'MZ') {
    return '可执行程序'
  }
  // Readers of PDF look for their mark in the first kilobyte, whatever stands before it.
  if (extra.includes(pdf) || head.subarray(0, 1024).includes(pdf)) return 'PDF 文档'
  return page.test(extra.toString('latin1')) ? '网页脚本' : undefined
}

/** Whether the file can also be opened as a zip: an archive is found from its end, whatever the file begins with. */
export async function isZipToo(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat()
  const tail = Buffer.alloc(Math.min(size, zipTail))
  await file.read(tail, 0, tail.length, size - tail.length)
  for (let at = tail.lastIndexOf(endOfZip); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(endOfZip, at - 1)) {
    if (at + 22 > tail.length) continue
    // The directory stands right before its end record; where it claims to stand is wrong once something was put in front.
    const directory = size - tail.length + at - tail.readUInt32LE(at + 12)
    const mark = Buffer.alloc(4)
    if (directory < 0) continue
    await file.read(mark, 0, 4, directory)
    if (mark.readUInt32LE(0) === startOfDirectory) return true
  }
  return false
}
