import { nameKey, normaliseText } from '#kernel/chinese/text.ts'
import type { Ledger } from './definition.ts'
import type { Field } from './fields/index.ts'
import { isNamed } from './item.ts'

/** A column of a ledger's sheet: where it goes in the input, and how its cells are read. */
export interface SheetField {
  readonly name: string
  readonly title: string
  readonly required: boolean
  /** Words that may stand in it, for the template. */
  readonly words?: readonly string[]
  /** One of the item's own facts, or a field. */
  readonly field: Field | undefined
}

/** The columns of a ledger's sheet, in the order of its form: the same for the template, the import and what was left out. */
export function sheetFields(ledger: Ledger): SheetField[] {
  const byUnit = ledger.subject === 'unit'
  const named = isNamed(ledger)
  const fact = (name: string, title: string, required: boolean): SheetField => ({
    name,
    title,
    required,
    field: undefined,
  })
  return [
    ...(byUnit ? [fact('unit', '单位名称', true)] : []),
    ...(byUnit && ledger.name === '单位名称' ? [] : [fact('title', ledger.name, named)]),
    fact('area', '乡镇', !byUnit && ledger.subject !== 'body'),
    ...(ledger.body ? [] : [fact('body', '责任部门', ledger.subject === 'body')]),
    ...((ledger.sectors?.length ?? 2) > 1 ? [fact('sector', '行业领域', false)] : []),
    fact('listedOn', '列入日期', false),
    ...ledger.fields
      .filter(({ type }) => type !== 'attachment')
      .map((field): SheetField => {
        const words = field.type === 'choice' || field.type === 'choices' ? { words: Object.values(field.options) } : {}
        return { name: field.id, title: titleOf(field), required: field.required === true, field, ...words }
      }),
  ]
}

const titleOf = (field: Field) => {
  const unit = field.type === 'money' ? '万元' : 'unit' in field ? field.unit : undefined
  return unit ? `${field.title}（${unit}）` : field.title
}

/** Headings differ by blanks and by what stands in brackets; the same words mean the same column. */
const bare = (heading: string) =>
  nameKey(
    normaliseText(heading)
      .replace(/[（(].*?[）)]/g, '')
      .replace(/[*＊：:]/g, ''),
  )

/** Which column of a sheet holds which field; a heading nobody knows is passed over. */
export function proposeLedgerColumns(ledger: Ledger, header: readonly string[]): ReadonlyMap<string, number> {
  const headings = header.map(bare)
  const found = new Map<string, number>()
  for (const { name, title } of sheetFields(ledger)) {
    const at = headings.indexOf(bare(title))
    if (at >= 0 && ![...found.values()].includes(at)) found.set(name, at)
  }
  return found
}
