import { readFile } from 'node:fs/promises'
import { type Document, LineCounter, parseDocument } from 'yaml'
import {
  itemColumns,
  maxItems,
  type ReadItem,
  standardOf,
  type UploadedStandard,
} from '#capabilities/criteria/model/index.ts'
import { CriteriaStandard } from '#capabilities/criteria/model/pack.ts'
import { itemTableOf, type TableFile } from './uploaded-tables.ts'

/** What people call the fields of a standard's file; a field without a name here is called as it is written. */
const fieldWords: Readonly<Record<string, string>> = {
  id: '代码',
  title: '标准名称',
  issuer: '发布机关',
  documentNo: '文号',
  effectiveFrom: '施行日期',
  supersededOn: '失效日期',
  sectors: '行业领域',
  source: '来源',
  verified: '是否核对原文',
  note: '说明',
  items: '条目',
  group: itemColumns.group.title,
  no: itemColumns.no.title,
  text: itemColumns.text.title,
  catchAll: itemColumns.catchAll.title,
  borrowed: itemColumns.borrowed.title,
  confidence: itemColumns.confidence.title,
}

/** A file with the items of a standard as somebody uploaded it: a sheet, or a file of a data pack. */
export async function uploadedStandardOf(
  file: Omit<TableFile, 'kind'> & { readonly kind: TableFile['kind'] | 'yaml' },
): Promise<UploadedStandard | undefined> {
  if (file.kind === 'yaml') return standardFileOf(file.name, await readFile(file.path, 'utf8'))
  const table = await itemTableOf({ ...file, kind: file.kind })
  return table && { kind: 'table', ...table }
}

/** Reads a file of `criteria/`, every mistake with its line. */
export function standardFileOf(name: string, text: string): UploadedStandard {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const none = { kind: 'file', name, standard: null, items: [] } as const
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ linePos, message }) => ({
      row: linePos?.[0].line ?? 1,
      column: '格式',
      message: `不是合格的 YAML：${message.split('\n')[0]}`,
    }))
    return { ...none, problems }
  }
  const lineOf = (path: readonly PropertyKey[]) => lines.linePos(offsetOf(document, path)).line
  const parsed = CriteriaStandard.safeParse(document.toJS({ maxAliasCount: 0 }))
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => {
      const field = String(path.findLast((key) => typeof key === 'string') ?? '')
      return { row: lineOf(path), column: fieldWords[field] ?? (field || '文件'), message }
    })
    return { ...none, problems }
  }
  const standard = standardOf(parsed.data)
  const numbers = new Map<string, number>()
  const items = standard.items.slice(0, maxItems).map(({ id: _own, ...item }, at): ReadItem => {
    const row = lineOf(['items', at])
    const before = numbers.get(item.no)
    numbers.set(item.no, before ?? row)
    const twice = { column: itemColumns.no.title, message: `条号与第${before}行重复` }
    return { row, item, problems: before === undefined ? [] : [twice] }
  })
  const over = standard.items.length - maxItems
  const tooLong = {
    row: lineOf(['items', maxItems]),
    column: '条目',
    message: `一部标准最多${maxItems}条，多了${over}条`,
  }
  return { ...none, standard, items, problems: over > 0 ? [tooLong] : [] }
}

/** Where a value stands in the text; what is missing is looked for at what it is missing from. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined
    if (Array.isArray(range)) return Number(range[0])
  }
  return 0
}
