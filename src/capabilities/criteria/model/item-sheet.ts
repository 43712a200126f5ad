import { normaliseText } from '#kernel/chinese/text.ts'
import type { Confidence, Standard, StandardItem } from './library.ts'

/** The columns of a sheet of items; `words` are other headings people give them. */
export const itemColumns = {
  group: { title: '章节或对象', words: ['章节', '对象', '类别', '分类', '所属章节'], width: 24 },
  no: { title: '条号', words: ['序号', '编号', '条款号', '条款'], width: 14 },
  text: { title: '条文', words: ['内容', '判定情形', '情形', '判定标准', '条款内容', '条文内容'], width: 80 },
  catchAll: { title: '兜底条款', words: ['兜底', '是否兜底'], width: 10 },
  borrowed: { title: '其他行业可借用', words: ['可借用', '借用'], width: 16 },
  confidence: { title: '可信度', words: ['核实情况'], width: 10 },
} as const
export type ItemColumn = keyof typeof itemColumns
export const itemColumnIds = Object.keys(itemColumns) as ItemColumn[]
export type ItemMapping = Partial<Record<ItemColumn, number>>

/** More rows than any standard has items: a list of something else was sent. */
export const maxItems = 500

/** Which column of a sheet holds what, by its headings; a column is taken once. */
export function proposeItemColumns(header: readonly string[]): ItemMapping {
  const taken = new Set<number>()
  const mapping: ItemMapping = {}
  for (const exact of [true, false]) {
    for (const id of itemColumnIds) {
      if (mapping[id] !== undefined) continue
      const names: readonly string[] = [itemColumns[id].title, ...itemColumns[id].words]
      const at = header.findIndex((heading, index) => {
        const plain = normaliseText(heading).replace(/[（(].*$/, '')
        return (
          !taken.has(index) && plain !== '' && names.some((name) => (exact ? plain === name : plain.includes(name)))
        )
      })
      if (at < 0) continue
      taken.add(at)
      mapping[id] = at
    }
  }
  return mapping
}

export interface ItemProblem {
  readonly column: string
  readonly message: string
}

export interface ReadItem {
  readonly row: number
  readonly item: Omit<StandardItem, 'id'>
  readonly problems: readonly ItemProblem[]
}

const confidences: Readonly<Record<string, Confidence>> = { 高: 'high', 中: 'medium', 低: 'low' }
const yes = /^(是|√|✓|对|1|y|yes|true)$/i
const no = /^(否|×|0|n|no|false|)$/i

/** What the rows of a sheet say, each with what is wrong with it; an empty confidence is that of the document. */
export function readItemRows(
  rows: readonly { readonly row: number; readonly cells: readonly string[] }[],
  mapping: ItemMapping,
  confidence: Confidence,
): ReadItem[] {
  const seen = new Map<string, number>()
  let group: string | null = null
  return rows.map(({ row, cells }) => {
    const problems: ItemProblem[] = []
    const cell = (id: ItemColumn) => {
      const at = mapping[id]
      return at === undefined ? '' : normaliseText(cells[at] ?? '')
    }
    const say = (id: ItemColumn, message: string) => problems.push({ column: itemColumns[id].title, message })
    const flag = (id: 'catchAll' | 'borrowed') => {
      if (!yes.test(cell(id)) && !no.test(cell(id))) say(id, `“${cell(id)}”应填“是”或“否”`)
      return yes.test(cell(id))
    }
    // Chapters are written once and left out below, as in merged cells.
    group = cell('group') || group
    const number = cell('no')
    const text = cell('text')
    if (number === '') say('no', '没有填条号')
    if (number.length > 40) say('no', '条号最多40字')
    if (text === '') say('text', '没有填条文')
    if (text.length > 1000) say('text', `条文最多1000字，现在${text.length}字`)
    const before = seen.get(number)
    if (number !== '' && before !== undefined) say('no', `条号与第${before}行重复`)
    else seen.set(number, row)
    const sure = cell('confidence')
    if (sure !== '' && !Object.hasOwn(confidences, sure)) say('confidence', `“${sure}”应填“高”“中”或“低”`)
    const item = {
      group,
      no: number,
      text,
      catchAll: flag('catchAll'),
      borrowed: flag('borrowed'),
      confidence: confidences[sure] ?? confidence,
      withdrawn: false,
    }
    return { row, item, problems }
  })
}

export interface FileProblem extends ItemProblem {
  readonly row: number
}

/** A file with the items of a standard as it was uploaded: a table, or a file of a data pack with its own facts. */
export type UploadedStandard =
  | {
      readonly kind: 'table'
      readonly name: string
      readonly header: readonly string[]
      readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[]
    }
  | {
      readonly kind: 'file'
      readonly name: string
      /** Null where mistakes of the file leave nothing to be read. */
      readonly standard: Standard | null
      readonly items: readonly ReadItem[]
      readonly problems: readonly FileProblem[]
    }
