import type { FieldSpec } from '#shell/form/types.ts'
import { bodyPostKinds } from '../../model/index.ts'
import { optionsOf } from '../options.ts'

/** What is written down of somebody's post at a body. */
export const postFields: readonly FieldSpec[] = [
  { kind: 'select', name: 'kind', label: '职务类别', required: true, options: optionsOf(bodyPostKinds) },
  { kind: 'text', name: 'title', label: '职务名称', max: 40, placeholder: '如：党委书记、副局长' },
  { kind: 'text', name: 'name', label: '姓名', required: true, max: 40 },
  { kind: 'text', name: 'phone', label: '手机' },
  { kind: 'text', name: 'officePhone', label: '办公电话', placeholder: '如：0566-5021110', max: 20 },
  { kind: 'day', name: 'fromDay', label: '任职自', help: '不填为今天' },
]
