import { normaliseLines } from '../chinese/text.ts'

const han = /\p{Script=Han}/u
const digit = /\d/

/**
 * Chinese text keeps no blanks between characters, digits and signs; those that are there come from the layout. Two
 * numbers stay apart, and so do a number of the outline and what follows it (1. 2024年…).
 */
function closeUp(text: string): string {
  return text.replace(/ +/g, (blanks, at: number) => {
    const [before, after] = [text[at - 1] ?? '', text[at + blanks.length] ?? '']
    if (digit.test(after) && (digit.test(before) || before === '.')) return ' '
    const near = (sign: string) => han.test(sign) || digit.test(sign) || /\p{P}/u.test(sign)
    const latin = (sign: string) => /[A-Za-z]/.test(sign)
    const close = near(before) && near(after)
    return close || (han.test(before) && latin(after)) || (latin(before) && han.test(after)) ? '' : ' '
  })
}

/** Positions of `(` and `)` that stand around Chinese, or belong to a bracket whose other half is Chinese already. */
function chineseBrackets(signs: readonly string[]): Set<number> {
  const found = new Set<number>()
  const open: { at: number; chinese: boolean }[] = []
  for (const [at, sign] of signs.entries()) {
    const inner = open.at(-1)
    if (sign === '(' || sign === '（') open.push({ at, chinese: sign === '（' })
    else if (han.test(sign) && inner) inner.chinese = true
    else if (sign === ')' || sign === '）') {
      const closed = open.pop()
      if (!closed || !(closed.chinese || sign === '）')) continue
      found.add(closed.at).add(at)
      const outer = open.at(-1)
      if (outer) outer.chinese = true
    }
  }
  return found
}

const afterChinese = /[\p{Script=Han}\d”’》）)%％"]/u
const beforeChinese = /[\p{Script=Han}\d“‘《（("]/u

/** Half-width commas, full stops, colons and brackets within Chinese text as Chinese writes them. Idempotent. */
export function chinesePunctuation(text: string): string {
  if (!/[,;:.()]/.test(text)) return text
  const signs = [...text]
  const brackets = chineseBrackets(signs)
  const out: string[] = []
  let before = ''
  for (const [at, sign] of signs.entries()) {
    if (brackets.has(at)) before = sign === '(' || sign === '（' ? '（' : '）'
    else before = punctuation(sign, before, signs, at)
    out.push(before)
  }
  return out.join('')
}

function punctuation(sign: string, before: string, signs: readonly string[], at: number): string {
  if (!/[,;:.]/.test(sign)) return sign
  const next = signs[at + 1] ?? ''
  const after = next === ' ' ? (signs[at + 2] ?? '') : next
  const chinese = afterChinese.test(before) && (after === '' || beforeChinese.test(after))
  const number = digit.test(before) && digit.test(after)
  if (!chinese) return sign
  if (sign === ',') return number && isThousands(signs, at) ? sign : '，'
  if (sign === ';') return '；'
  if (sign === ':') return number ? sign : '：'
  // 1.落实… is a number of the outline and 2.5 a number; 100%.（牵头… and 责任.各县 end a sentence.
  if (sign === '.') return digit.test(before) ? sign : '。'
  return sign
}

const isThousands = (signs: readonly string[], at: number) =>
  [1, 2, 3].every((step) => digit.test(signs[at + step] ?? '')) && !digit.test(signs[at + 4] ?? '')

/** Half-width Japanese signs that fonts and text recognition put in place of Chinese ones. */
const wide: Record<string, string> = { '｡': '。', '､': '、', '｢': '「', '｣': '」' }

/** One line of a document as the reader compares it: half-width digits, Chinese punctuation, no blanks of layout. Idempotent. */
export function cleanLine(text: string): string {
  return closeUp(
    chinesePunctuation(
      closeUp(
        normaliseLines(text)
          .replaceAll('\n', '')
          .replace(/[｡､｢｣]/g, (sign) => wide[sign] ?? sign),
      ),
    ),
  )
}

/** Visual width: a Chinese character is as wide as two Latin ones. */
export function widthOf(text: string): number {
  let width = 0
  for (const sign of text) width += /[\u0020-\u00ff]/.test(sign) ? 1 : 2
  return width
}

const hanDigits = '零一二三四五六七八九'

/** 十二 → 12, 12 → 12, 两 → 2; undefined when it is no number below a thousand. */
export function hanNumber(text: string): number | undefined {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  if (text === '两') return 2
  if (!/^[零一二三四五六七八九十百]{1,6}$/.test(text)) return undefined
  let total = 0
  let unit = 0
  for (const sign of text) {
    const value = hanDigits.indexOf(sign)
    if (value >= 0) unit = value
    else {
      total += (unit || 1) * (sign === '百' ? 100 : 10)
      unit = 0
    }
  }
  return total + unit
}
