import type { FieldOption, FieldSpec } from '#shell/form/types.ts'
import { confidenceWords } from '../marks.tsx'

export const reasonField = (placeholder: string): FieldSpec => ({
  kind: 'area',
  name: 'reason',
  label: '依据',
  required: true,
  max: 300,
  rows: 2,
  placeholder,
})

const confidenceOptions = Object.entries(confidenceWords).map(([value, label]) => ({ value, label }))

/** Where the wording comes from, and how sure it is. */
export const trustFields: readonly FieldSpec[] = [
  {
    kind: 'text',
    name: 'source',
    label: '来源',
    required: true,
    max: 300,
    placeholder: '例如：应急管理部网站2027-02-10公布',
    section: '来源和可信度',
  },
  {
    kind: 'radio',
    name: 'confidence',
    label: '可信度',
    required: true,
    options: confidenceOptions,
    help: '中和低在各处标“未核实”，提醒判定人查阅原文',
    section: '来源和可信度',
  },
  {
    kind: 'switch',
    name: 'verified',
    label: '条文已与公布文本逐字核对',
    section: '来源和可信度',
  },
]

/** What a standard says of itself. */
export const wordFields = (sectors: readonly FieldOption[]): readonly FieldSpec[] => [
  { kind: 'text', name: 'title', label: '标准名称', required: true, max: 200, section: '标准' },
  { kind: 'text', name: 'documentNo', label: '文号', required: true, max: 100, section: '标准' },
  { kind: 'text', name: 'issuer', label: '发布机关', required: true, max: 100, section: '标准' },
  { kind: 'multi', name: 'sectors', label: '行业领域', required: true, options: sectors, section: '标准' },
  {
    kind: 'switch',
    name: 'crossCutting',
    label: '各行业通用',
    help: '如特种设备、消防：不论单位属于哪个行业领域都适用',
    section: '标准',
  },
  {
    kind: 'text',
    name: 'appliesTo',
    label: '适用范围',
    max: 200,
    placeholder: '没有限定的不填',
    section: '标准',
  },
  { kind: 'area', name: 'note', label: '说明', max: 500, rows: 2, section: '标准' },
]

export const itemFields: readonly FieldSpec[] = [
  { kind: 'text', name: 'no', label: '条号', required: true, max: 40 },
  { kind: 'text', name: 'group', label: '章节或对象', max: 60 },
  { kind: 'area', name: 'text', label: '条文', required: true, max: 1000, rows: 4 },
  {
    kind: 'switch',
    name: 'catchAll',
    label: '兜底条款',
    help: '“其他……”一类：不能单独作为依据，判定时须另写理由',
  },
  { kind: 'switch', name: 'borrowed', label: '其他行业可借用' },
  { kind: 'radio', name: 'confidence', label: '可信度', required: true, options: confidenceOptions },
]
