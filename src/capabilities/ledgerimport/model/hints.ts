import { type ColumnMapping, type HeaderColumn, type LedgerField, ledgerFields } from './fields.ts'
import type { Assumed } from './reading.ts'

const lastPart = (heading: string) => heading.split('／').at(-1) ?? heading

export function headingOf(header: readonly HeaderColumn[], columns: ColumnMapping, field: LedgerField): string {
  return header.find((column) => column.col === columns[field])?.heading ?? ''
}

const saysMajor = (text: string) =>
  /重大(?:事故|安全|生产安全事故)?隐患/.test(text) && !/非重大|一般|较大|各类|是否|[和及、]/.test(text)

/**
 * What the sheet says of all its rows beside their cells: its title or heading says 重大…隐患, a heading or a title line
 * names 元 or 万元. What neither says is left open and asked; a figure ten thousand times too large is worse than a question.
 */
export function hintsOf(
  sheet: { readonly name: string; readonly titles: readonly string[]; readonly header: readonly HeaderColumn[] },
  columns: ColumnMapping,
): Assumed {
  const named = [sheet.name, ...sheet.titles, lastPart(headingOf(sheet.header, columns, 'description'))]
  const level = columns.level === undefined && named.some(saysMajor) ? ('major' as const) : undefined
  return { level, fundsUnit: fundsUnitOf(headingOf(sheet.header, columns, 'funds'), sheet.titles) }
}

function fundsUnitOf(heading: string, titles: readonly string[]): '元' | '万元' | undefined {
  const unit = moneyUnit(heading)
  if (unit) return unit
  const lines = titles.flatMap((title) => /(?:金额|货币|资金)?单位[:：]\s*([^\s，,；;]*)/.exec(title)?.[1] ?? [])
  return lines.map(moneyUnit).find(Boolean)
}

function moneyUnit(text: string): '元' | '万元' | undefined {
  if (/万/.test(text)) return '万元'
  return /[百千亿]元/.test(text) || !/元/.test(text) ? undefined : '元'
}

/** What can be asked of the whole sheet at once, for the screen. */
export const assumedTitles = {
  level: ledgerFields.level.title,
  fundsUnit: `${ledgerFields.funds.title}的单位`,
} as const
