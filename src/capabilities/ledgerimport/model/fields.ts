import { normaliseText } from '#kernel/chinese/text.ts'

/** The columns a hazard ledger may have: what people see, and the headings by which offices name them. */
export const ledgerFields = {
  area: {
    title: '乡镇（开发区）',
    headings: ['乡镇', '属地', '所在乡镇', '所属乡镇', '镇街', '地区', '区域', '所在地'],
  },
  unitName: {
    title: '单位名称',
    headings: ['单位名称', '企业名称', '场所名称', '隐患单位', '被检查单位', '单位', '企业'],
  },
  creditCode: { title: '统一社会信用代码', headings: ['统一社会信用代码', '社会信用代码', '信用代码'] },
  principal: { title: '主要负责人', headings: ['主要负责人', '单位负责人', '法定代表人', '企业负责人'] },
  phone: { title: '联系电话', headings: ['联系电话', '电话', '手机', '联系方式'] },
  sector: { title: '行业领域', headings: ['行业领域', '所属行业', '行业', '领域', '隐患类别', '类别'] },
  channel: { title: '隐患来源', headings: ['隐患来源', '来源', '发现渠道', '发现途径', '排查方式', '检查方式'] },
  level: { title: '隐患等级', headings: ['隐患等级', '隐患级别', '等级'] },
  description: {
    title: '隐患内容',
    headings: ['重大事故隐患内容', '隐患内容', '隐患描述', '存在的隐患', '存在问题', '问题隐患', '隐患情况', '隐患'],
  },
  criterion: { title: '判定依据', headings: ['判定依据', '判定标准', '依据', '违反条款'] },
  foundOn: { title: '发现时间', headings: ['发现时间', '发现日期', '排查时间', '检查时间', '检查日期', '登记时间'] },
  responsible: { title: '责任人', headings: ['责任人', '整改责任人', '责任'] },
  measures: { title: '整改措施', headings: ['整改措施', '措施'] },
  funds: { title: '整改资金', headings: ['整改资金', '资金', '投入资金', '治理资金'] },
  dueOn: { title: '整改时限', headings: ['整改时限', '整改期限', '完成时限', '时限', '期限', '计划完成时间'] },
  emergencyPlan: { title: '应急预案', headings: ['应急预案', '预案', '应急措施'] },
  listing: { title: '是否挂牌督办', headings: ['是否挂牌督办', '挂牌督办', '挂牌', '督办级别'] },
  progress: {
    title: '整改情况',
    headings: ['整改情况', '整改进展', '整改状态', '完成情况', '是否整改', '状态', '进展'],
  },
  closedOn: {
    title: '销号时间',
    headings: ['销号时间', '销号日期', '整改完成时间', '完成时间', '验收时间', '闭环时间'],
  },
  note: { title: '备注', headings: ['备注', '说明'] },
} as const
export type LedgerField = keyof typeof ledgerFields
export const ledgerFieldIds = Object.keys(ledgerFields) as LedgerField[]

/** Without these nothing can be imported. */
export const neededFields: readonly LedgerField[] = ['area', 'unitName', 'sector', 'description', 'foundOn']

/** Which column (from 1) holds which field. */
export type ColumnMapping = Partial<Record<LedgerField, number>>

export interface HeaderColumn {
  readonly col: number
  /** As printed, both lines of a two-row header joined by ／. */
  readonly heading: string
}

const tidy = (text: string) =>
  normaliseText(text)
    .replace(/[\s*＊]/g, '')
    .replace(/[（(].*$/, '')

/** How well a heading names a field: 2 = exactly, 1 = contains a telling word of it, 0 = not. */
function headingFit(heading: string, field: LedgerField): 0 | 1 | 2 {
  const parts = heading.split('／').map(tidy).filter(Boolean)
  const last = parts.at(-1) ?? ''
  const words: readonly string[] = ledgerFields[field].headings
  if (words.includes(last)) return 2
  return words.some((word) => word.length > 2 && last.includes(word)) ? 1 : 0
}

/** Reads a header. An exact heading wins over one that only contains the words; no column serves two fields. */
export function proposeColumns(header: readonly HeaderColumn[]): ColumnMapping {
  const mapping: ColumnMapping = {}
  const taken = new Set<number>()
  for (const wanted of [2, 1] as const) {
    for (const field of ledgerFieldIds) {
      if (mapping[field] !== undefined) continue
      const found = header.find(({ col, heading }) => !taken.has(col) && headingFit(heading, field) === wanted)
      if (!found) continue
      mapping[field] = found.col
      taken.add(found.col)
    }
  }
  return mapping
}

/** How many fields a row of texts names exactly; the row that names most is the header. */
export function headingScore(texts: readonly string[]): number {
  const fields = new Set<LedgerField>()
  for (const text of texts) {
    const field = ledgerFieldIds.find((id) => headingFit(text, id) === 2)
    if (field) fields.add(field)
  }
  return fields.size
}
