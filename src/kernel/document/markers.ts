import { hanNumber } from './characters.ts'

/** How a clause is numbered: 第一章, 第一节, 第一条, 第一阶段：, 行动一：, 一、, （一）, 1., 1.1, 1.1.1, （1）, ①. */
export type MarkerKind =
  | 'chapter'
  | 'section'
  | 'article'
  | 'phase'
  | 'called'
  | 'han'
  | 'hanBracket'
  | 'digit'
  | 'decimal'
  | 'decimalThird'
  | 'digitBracket'
  | 'circle'

export interface Marker {
  readonly kind: MarkerKind
  readonly number: number
  /** As it is written. */
  readonly words: string
}

const forms: readonly (readonly [MarkerKind, RegExp])[] = [
  ['chapter', /^第([一二三四五六七八九十百\d]{1,4})(?:章|部分)[、：]?/],
  ['section', /^第([一二三四五六七八九十百\d]{1,4})节[、：]?/],
  ['article', /^第([一二三四五六七八九十百\d]{1,5})条(?!款|例)[、：]?/],
  ['phase', /^第([一二三四五六七八九十])阶段(?=[：（、，]|\p{Script=Han}{2,12}[：（。])[：、，]?/u],
  ['phase', /^第([一二三四五六七八九十])步[：，、]/],
  [
    'called',
    /^(?:行动|任务|专项|工程|举措|措施)([一二三四五六七八九十]{1,3})(?:[：、]|(?= ?“?\p{Script=Han}{2,20}$))/u,
  ],
  ['han', /^([一二三四五六七八九十百]{1,4})(?:、|[.．。](?=\p{Script=Han}))/u],
  ['hanBracket', /^[（(]([一二三四五六七八九十百]{1,4})[）)][、.．]?/],
  ['decimalThird', /^\d{1,2}[.．]\d{1,2}[.．](\d{1,2})(?![\d.年月日])[.、]?/],
  ['decimal', /^\d{1,2}[.．](\d{1,2})(?![\d.％%年月日号万亿元米吨公千倍])[.、]?/],
  ['digit', /^(\d{1,3})(?:[.．](?!\d)|[.．](?=20\d{2}年|\d{1,2}月)|、)/],
  // 1 工作目标: a heading on a line of its own, the blank behind its number closed up; 3名监管人员 is an amount.
  [
    'digit',
    /^(\d{1,2})(?=(?![年月日号时分个名人家次项条种类批台套处座栋户所份场期轮起万亿元米吨天周级位])\p{Script=Han}{3,12}$)/u,
  ],
  ['digitBracket', /^(?:[（(](\d{1,3})[）)]|(\d{1,3})[）)])[、.．]?/],
  ['circle', /^([①-⑳⑴-⒇])[、.]?/],
]

function circled(sign: string): number {
  const code = sign.codePointAt(0) ?? 0
  return code >= 0x2474 ? code - 0x2473 : code - 0x245f
}

/** The number a paragraph begins with. */
export function markerOf(text: string): Marker | undefined {
  for (const [kind, form] of forms) {
    const found = form.exec(text)
    if (!found) continue
    const digits = found[1] ?? found[2] ?? ''
    const number = kind === 'circle' ? circled(digits) : hanNumber(digits)
    if (number !== undefined) return { kind, number, words: found[0].trim() }
  }
  return undefined
}

/** What stands at the front of a line when a new paragraph begins. */
export const markerAhead = { test: (text: string) => markerOf(text) !== undefined }

export interface InlinePoint {
  readonly number: number
  readonly text: string
}

const inlineForms = [
  /(?<=^|\n)[—―－]{2}(?=\p{Script=Han})/gu,
  /([一二三四五六七八九十])(?:是|要|抓|聚焦)(?!否)/g,
  /第([一二三四五六七八九])[，、]/g,
  /([①-⑳])/g,
  /[（(](\d{1,2})[）)]/g,
  /(\d{1,2})[.．、](?=\p{Script=Han}|20\d{2}年)/gu,
]

/** 一是…；二是…, 第一，…第二，…, ①…②…, lines that begin with ——, within a clause; empty when there are not two of them in order. */
export function inlinePoints(text: string): InlinePoint[] {
  for (const form of inlineForms) {
    const points: { number: number; at: number; end: number }[] = []
    for (const found of text.matchAll(form)) {
      const sign = found[1] ?? ''
      // Points that only begin with —— count themselves.
      const number = sign === '' ? points.length + 1 : /[①-⑳]/.test(sign) ? circled(sign) : hanNumber(sign)
      const starts = found.index === 0 || /[。；：，\n]/.test(text[found.index - 1] ?? '')
      if (starts && number === points.length + 1)
        points.push({ number, at: found.index, end: found.index + found[0].length })
    }
    if (points.length < 2) continue
    return points.map(({ number, end }, index) => ({
      number,
      text: text.slice(end, points[index + 1]?.at ?? text.length).trim(),
    }))
  }
  return []
}
