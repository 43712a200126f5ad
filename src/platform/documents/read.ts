import { readFile, stat } from 'node:fs/promises'
import type { Paragraph } from '#kernel/document/lines.ts'
import { refuse } from '#kernel/errors.ts'
import { documentErrors } from './errors.ts'
import { readPdf } from './pdf.ts'
import { readWord } from './word.ts'

const mostBytes = 50 * 1024 * 1024

/** What stands in a text file; GB 18030 where it is not Unicode, as older Windows programs save it. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  // No text file holds NUL; pictures and programs do.
  if (bytes.includes(0)) return refuse(documentErrors.notDocument)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const text = new TextDecoder('gb18030').decode(bytes)
    const strange = text.match(/\uFFFD|(?![\n\r\t\f])\p{Cc}/gu)?.length ?? 0
    return strange > text.length * 0.01 ? refuse(documentErrors.notDocument) : text
  }
}

/**
 * The text of a document for a reader of text: paragraphs and rows of tables where the file tells them apart (.docx), else
 * lines as they stand (.pdf, .txt). What the file is, is told by its contents, not by its name.
 */
export async function readDocument(path: string): Promise<string | Paragraph[]> {
  if ((await stat(path)).size > mostBytes) return refuse(documentErrors.tooLarge)
  const bytes = await readFile(path)
  const head = bytes.subarray(0, 1024).toString('latin1')
  const read = await contentsOf(path, bytes, head)
  const hasText = typeof read === 'string' ? /\S/.test(read) : read.length > 0
  return hasText ? read : refuse(documentErrors.empty)
}

function contentsOf(path: string, bytes: Buffer, head: string): Promise<string | Paragraph[]> | string {
  if (head.includes('%PDF-')) return readPdf(new Uint8Array(bytes))
  if (head.startsWith('PK')) return readWord(path)
  if (head.startsWith('\xd0\xcf\x11\xe0')) {
    // An encrypted .docx is wrapped as the old format is, with a stream of this name in it.
    const encrypted = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    return refuse(encrypted ? documentErrors.password : documentErrors.oldWord)
  }
  return textOf(bytes)
}
