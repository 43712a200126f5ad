import type { FieldSpec } from '#shell/form/types.ts'
import type { Option } from '#shell/table/types.ts'

export const area = (name: string, label: string, max: number, required = true, help?: string): FieldSpec => ({
  kind: 'area',
  name,
  label,
  max,
  required,
  ...(help ? { help } : {}),
})

export const papers = (help: string): FieldSpec => ({
  kind: 'attachments',
  name: 'attachments',
  label: '材料',
  purposes: ['order', 'other'],
  max: 20,
  help,
})

/** The form of a task, drafted or amended. */
export const taskFields = (bodies: readonly Option[], today: string): readonly FieldSpec[] => [
  { kind: 'text', name: 'title', label: '任务名称', max: 120, required: true },
  area('content', '任务内容和要求', 2000, false),
  { kind: 'text', name: 'evidence', label: '需要的佐证', max: 300, help: '如印发的文件、照片、台账' },
  { kind: 'select', name: 'assigneeBodyId', label: '承办单位', required: true, options: [...bodies] },
  { kind: 'multi', name: 'coBodyIds', label: '协办单位', options: [...bodies] },
  {
    kind: 'day',
    name: 'dueOn',
    label: '完成期限',
    min: today,
    required: true,
    help: '到期前和逾期时自动提醒，只有下达单位可以延长',
  },
  { kind: 'words', name: 'clauses', label: '方案条款', help: '如 M09-4，可不填' },
]
