import { fileTypeFromBuffer } from 'file-type'

const MiB = 1024 * 1024

/** What may come in, by what the bytes are. Photos of phones stay below 20 MiB, a minute of video below 200 MiB. */
const kinds: Readonly<Record<string, { readonly most: number; readonly image?: true }>> = {
  'image/jpeg': { most: 20 * MiB, image: true },
  'image/png': { most: 20 * MiB, image: true },
  'image/webp': { most: 20 * MiB, image: true },
  'image/heic': { most: 20 * MiB, image: true },
  'video/mp4': { most: 200 * MiB },
  'video/quicktime': { most: 200 * MiB },
  'application/pdf': { most: 50 * MiB },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { most: 50 * MiB },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { most: 50 * MiB },
  'text/csv': { most: 50 * MiB },
}

/** Larger than this nothing is taken, whatever it turns out to be. */
export const mostBytes = 200 * MiB

export interface Sniffed {
  readonly type: string
  readonly image: boolean
}

/**
 * What a file is, by its bytes; its name counts only to tell a table from other text. `head` and `tail` are its first and
 * last bytes (4 KiB are enough). Answers the Chinese reason when it is not taken.
 */
export async function sniff(
  head: Uint8Array,
  name: string,
  size: number,
): Promise<Sniffed | { readonly refused: string }> {
  const found = await fileTypeFromBuffer(head)
  const type = found?.mime ?? (isText(head) && /\.(csv|txt)$/i.test(name) ? 'text/csv' : undefined)
  const kind = type ? kinds[type] : undefined
  if (!type || !kind) return { refused: refusalOf(name, found?.ext, head) }
  if (size > kind.most) {
    return { refused: `“${name}”超过${Math.round(kind.most / MiB)}兆字节的上限，请压缩后再上传` }
  }
  return { type, image: kind.image === true }
}

const allowed = '可以上传照片（JPG、PNG、HEIC）、视频（MP4）、PDF、Word、Excel 和 CSV 文件'

function refusalOf(name: string, ext: string | undefined, head: Uint8Array): string {
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase()
  const program = (head[0] === 0x4d && head[1] === 0x5a) || ext === 'exe' || ext === 'elf'
  if (program) {
    const disguise = ending && ending !== 'exe' ? `，只是改名成了 .${ending}` : ''
    return `“${name}”实际上是可执行程序${disguise}，不能上传。${allowed}`
  }
  if (ext === 'cfb') return `“${name}”是旧版 Office 文件，请另存为 .docx 或 .xlsx 后上传`
  if (ext) return `“${name}”的内容是 ${ext.toUpperCase()} 格式，不能上传。${allowed}`
  return `“${name}”的格式无法识别，不能上传。${allowed}`
}

/** Text has no control characters but line ends and tabs; holds for UTF-8 and GB18030 alike. */
function isText(head: Uint8Array): boolean {
  return head.length > 0 && head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d)
}
