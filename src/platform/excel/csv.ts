import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { refuse } from '#kernel/errors.ts'
import { excelErrors } from './errors.ts'
import type { Cell, SheetRow } from './reader.ts'
import { storable } from './text.ts'

/** UTF-8 when the first megabyte is valid UTF-8, else GB18030, which every older Chinese export uses. */
async function sniffEncoding(path: string): Promise<'utf-8' | 'gb18030'> {
  const file = await open(path)
  const buffer = Buffer.alloc(1_048_576)
  const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
  await file.close()
  const head = buffer.subarray(0, bytesRead)
  if (head.includes(0)) refuse(excelErrors.badText)
  try {
    // `stream` forgives a character cut off at the end of the sample.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: bytesRead === buffer.length })
    return 'utf-8'
  } catch {
    return 'gb18030'
  }
}

const separators = [',', '\t', ';', '，']

/** Streams a CSV of any usual separator and encoding; quoted fields may hold separators and line ends. */
export async function* readCsvRows(path: string): AsyncGenerator<SheetRow> {
  const decoder = new TextDecoder(await sniffEncoding(path))
  let field = ''
  let fields: string[] = []
  let quoted = false
  let afterQuote = false
  let row = 0
  let separator = ''
  let head = ''
  const finish = (): SheetRow => {
    fields.push(field)
    field = ''
    row += 1
    const cells = fields.map((text, index): Cell => {
      const value = text.trim() === '' ? null : storable(text)
      return { col: index + 1, value, kind: value === null ? 'blank' : 'text' }
    })
    fields = []
    return { row, cells }
  }
  for await (const chunk of createReadStream(path)) {
    let text = decoder.decode(chunk, { stream: true })
    if (separator === '') {
      head += text
      if (!head.includes('\n') && head.length < 65_536) continue
      const line = head.slice(0, head.indexOf('\n') + 1 || head.length)
      separator = separators.reduce((best, next) => (line.split(next).length > line.split(best).length ? next : best))
      text = head
    }
    for (const letter of text) {
      if (quoted) {
        if (letter === '"') afterQuote = true
        if (letter === '"') quoted = false
        else field += letter
      } else if (letter === '"' && afterQuote) {
        field += '"'
        quoted = true
        afterQuote = false
      } else if (letter === '"' && field === '') quoted = true
      else if (letter === separator) {
        fields.push(field)
        field = ''
        afterQuote = false
      } else if (letter === '\n') {
        yield finish()
        afterQuote = false
      } else if (letter !== '\r') field += letter
    }
  }
  if (separator === '' && head !== '') {
    separator = ','
    for (const line of head.split(/\r?\n/)) {
      fields = line.split(',')
      field = fields.pop() ?? ''
      yield finish()
    }
  } else if (field !== '' || fields.length > 0) yield finish()
}
