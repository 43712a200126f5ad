import { normaliseText } from '#kernel/chinese/text.ts'
import { faceOf, faces, type Ledger, type Lookup, type Read, sheetFields } from '../../model/index.ts'

export interface LedgerRowInput {
  readonly title: string
  readonly area: string | null
  readonly unitId: string | null
  readonly sector: string | null
  readonly bodyId: string | null
  readonly listedOn: string | null
  readonly fields: Readonly<Record<string, unknown>>
}

export interface LedgerRowRead {
  readonly input: LedgerRowInput
  readonly problems: readonly string[]
}

/** One row as the action takes it, and what is wrong with its cells, each named by its column. */
export function readLedgerRow(
  ledger: Ledger,
  columns: ReadonlyMap<string, number>,
  cells: readonly string[],
  lookup: Lookup,
): LedgerRowRead {
  const problems: string[] = []
  const facts: Record<string, string> = {}
  const fields: Record<string, unknown> = {}
  for (const { name, title, required, field } of sheetFields(ledger)) {
    const at = columns.get(name)
    const text = at === undefined ? '' : (cells[at] ?? '')
    const read = field ? faceOf(field).read(text, field, lookup) : readFact(name, text, lookup)
    if (read === undefined) {
      if (required) problems.push(`${title}：没有填写`)
    } else if ('problem' in read) problems.push(`${title}：${read.problem}`)
    else if (field) fields[name] = read.value
    else facts[name] = String(read.value)
  }
  return {
    input: {
      title: facts.title ?? '',
      area: facts.area ?? null,
      unitId: facts.unit ?? null,
      sector: facts.sector ?? null,
      bodyId: facts.body ?? null,
      listedOn: facts.listedOn ?? null,
      fields,
    },
    problems,
  }
}

const codes = {
  area: '没有这个乡镇或村',
  unit: '名录中没有这个单位',
  body: '没有这个机构',
  sector: '没有这个行业领域',
} as const

function readFact(name: string, text: string, lookup: Lookup): Read {
  const words = normaliseText(text)
  if (words === '') return undefined
  if (name === 'listedOn') return faces.day.read(text, { id: name, title: '列入日期', type: 'day' }, lookup)
  if (name !== 'area' && name !== 'unit' && name !== 'body' && name !== 'sector') return { value: words }
  const value = lookup[name](words)
  return value === undefined ? { problem: `${codes[name]}“${words}”，请核对名称` } : { value }
}
