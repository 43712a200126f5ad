export type MoneyUnit = '元' | '万元'

export type Money =
  /** Yuan with at most two decimals; `approximate` when the text says 约, 左右, 余 and the like. */
  | { readonly kind: 'amount'; readonly yuan: number; readonly approximate: boolean }
  | { readonly kind: 'empty' }
  | { readonly kind: 'invalid'; readonly reason: string }

const emptyMarks = /^(?:|[/\\]+|-+|无|暂无|空|n\/a)$/i
const invalid = (reason: string) => ({ kind: 'invalid', reason }) as const
const factors: Readonly<Record<string, number>> = { 元: 1, 千: 1e3, 百: 100, 万: 1e4, 千万: 1e7, 百万: 1e6, 亿: 1e8 }
/** A hundred thousand million yuan: beyond it a county's figure is a slip of the unit, and fen no longer count exactly. */
const maxYuan = 1e11

const before = '约|大约|大概|近|预计|估计|计划|不少于|不低于|至少|不超过'
const after = '左右|上下|以内|以上'
const moneyPattern = new RegExp(
  `^(${before})?(?:[¥￥]|人民币|rmb)?(\\d+(?:\\.\\d*)?|\\.\\d+)(余|多)?(亿|千万|百万|万|千|百)?(余|多)?(元|块|圆)?整?(${after})?$`,
  'i',
)

/**
 * Reads an amount of money from a cell. A number without a unit counts in `unit`, which the column's heading gives
 * (万元 in county ledgers); a unit written in the cell wins. 无 and / are empty, not zero. Reasons are Chinese.
 */
export function parseWan(value: string | number | null | undefined, unit: MoneyUnit = '万元'): Money {
  if (value === null || value === undefined) return { kind: 'empty' }
  if (typeof value === 'number') return amount(value, unit === '万元' ? 1e4 : 1, false, String(value))
  const shown = value
    .normalize('NFKC')
    .replace(/[\s\p{C}]/gu, '')
    .replace(/[\p{Pd}−]/gu, '-')
  if (emptyMarks.test(shown)) return { kind: 'empty' }
  const text = shown.replace(/(?<=\d)[,，](?=\d{3}(?!\d))/g, '')
  if (/^-[\d.]/.test(text)) return invalid(`金额“${shown}”是负数，请核对`)
  const match = moneyPattern.exec(text)
  if (!match) return invalid(unreadable(text, shown))
  const [, lead, digits, extra, scale, moreExtra, yuan, trail] = match
  const written = scale ?? (yuan === undefined ? undefined : '元')
  const factor = written === undefined ? (unit === '万元' ? 1e4 : 1) : (factors[written] ?? 1)
  const approximate = [lead, extra, moreExtra, trail].some((word) => word !== undefined && word !== '计划')
  return amount(Number(digits), factor, approximate, shown)
}

function amount(number: number, factor: number, approximate: boolean, shown: string): Money {
  if (!Number.isFinite(number)) return invalid(`“${shown}”不是金额，请填写数字，如“12.5”`)
  if (number < 0) return invalid(`金额“${shown}”是负数，请核对`)
  // Binary fractions: 1.1 × 10000 is a hair above 11000, and the sum of a column would show it.
  const yuan = Math.round(number * factor * 100) / 100
  if (yuan > maxYuan) return invalid(`金额“${shown}”过大，请核对单位是元还是万元`)
  return { kind: 'amount', yuan: yuan === 0 ? 0 : yuan, approximate }
}

function unreadable(text: string, shown: string): string {
  if (/\d(?:亿|万|千|百|元)*(?:-|~|至|到)\d/.test(text)) return `“${shown}”是一个范围，请填写一个数，如“12.5”`
  return `“${shown}”不是能识别的金额，请填写数字，如“12.5”或“5万元”`
}

/** 12.5万元, exact to the fen, without trailing zeros; amounts are yuan. */
export function formatWan(yuan: number): string {
  return `${Number((Math.round(yuan * 100) / 1e6).toFixed(6))}万元`
}
