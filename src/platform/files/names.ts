/** Endings of the types that come in; the first is added to a name that has none of them. */
const endings: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'video/mp4': ['mp4', 'm4v'],
  'video/quicktime': ['mov', 'qt'],
  'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'text/csv': ['csv', 'txt'],
  'application/yaml': ['yaml', 'yml'],
}

/** Bytes of UTF-8 a name may have: 255 is what file systems hold, and a browser may add “(1)”. */
const mostNameBytes = 200

/** Names that Windows gives to devices; a file called so cannot be saved. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

/**
 * The name of a sent file as it may be shown, stored and given back: no folders, no control characters, nothing that
 * turns the reading direction round (U+202E makes `photogpj.exe` read as `photoexe.jpg`), nothing a file system refuses.
 */
export function cleanFileName(sent: string): string {
  const last = sent.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\ufffd]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  return shortened(plain.replace(devices, '_$1')) || '未命名'
}

/** The name with an ending that says what the bytes are: a picture named `a.exe` is saved as `a.exe.jpg`. */
export function nameForType(name: string, type: string): string {
  const known = endings[type]
  if (!known || known.some((ending) => name.toLowerCase().endsWith(`.${ending}`))) return name
  return shortened(`${name}.${known[0]}`)
}

/** Cuts in the middle of a character never, and keeps the ending. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= mostNameBytes) return name
  const ending = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? ''
  let stem = ''
  let room = mostNameBytes - ending.length
  for (const character of name.slice(0, name.length - ending.length)) {
    room -= Buffer.byteLength(character)
    if (room < 0) break
    stem += character
  }
  return stem.trimEnd() + ending
}

/** `Content-Disposition` (RFC 6266): the real name in UTF-8, and a plain one for what does not read it. */
export function dispositionOf(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
