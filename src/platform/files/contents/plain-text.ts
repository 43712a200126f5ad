import { createReadStream } from 'node:fs'

/** Text has no control characters but tabs, line ends and form feeds; holds for UTF-8 and GB18030 alike. */
const control = (byte: number) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d

/** Whether all of a file is text. Markup and scripts are text too, and are told apart by their start. */
export async function isPlainText(path: string): Promise<boolean> {
  let first = true
  for await (const chunk of createReadStream(path)) {
    const bytes = chunk as Buffer
    if (bytes.some(control)) return false
    if (first && /^(\xef\xbb\xbf)?\s*(<|#!)/.test(bytes.toString('latin1', 0, 1024))) return false
    first = false
  }
  return !first
}
