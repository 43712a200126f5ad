import type { Day } from '#kernel/time.ts'
import type { ActionPlan } from '#shell/form/ActionBar.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import * as hazard from '../../model/index.ts'
import { accepting, approving, reviewing } from './background.ts'
import { files, opinion, type PlanFacts, words } from './parts.ts'
import { photoCheck } from './photo-check.tsx'

const reviewFields = (today: Day, kind: string): FieldSpec[] => [
  { kind: 'day', name: 'on', label: `${kind}日期`, required: true, max: today },
  { kind: 'words', name: 'reviewers', label: `${kind}人员`, required: true, placeholder: '输入姓名后回车，可填多人' },
  { kind: 'area', name: 'findings', label: `现场${kind}情况`, required: true, max: 1000 },
  {
    kind: 'radio',
    name: 'passed',
    label: `${kind}结论`,
    required: true,
    options: [
      { value: true, label: '合格' },
      { value: false, label: '不合格，退回整改' },
    ],
  },
  files(['review'], '现场照片或复查记录', true),
  { kind: 'position', name: 'position', label: '现场位置', help: '取自本机定位，用来说明人到了现场；取不到的可以不填' },
]

/** Acceptance, review and approval: each looks at the photos. */
function judgingPlans({ hazard: row, today, me }: PlanFacts): Record<string, ActionPlan> {
  const check = photoCheck(row)
  return {
    'hazard.accept': {
      contract: hazard.acceptHazard,
      primary: true,
      background: accepting(row),
      fields: [
        ...check,
        opinion('opinion', '验收意见', '资料齐全，整改到位，同意验收'),
        files(['review', 'other'], '验收材料'),
      ],
    },
    'hazard.closeGeneral': {
      contract: hazard.closeGeneral,
      primary: true,
      background: accepting(row),
      fields: [
        ...check,
        opinion('opinion', '验收意见', '现场核对整改到位，同意销号', '资料齐全，整改到位，同意销号'),
        files(['review', 'other'], '验收材料'),
      ],
    },
    'hazard.recordReview': {
      contract: hazard.recordReview,
      primary: true,
      background: reviewing(row),
      initial: { on: today, reviewers: [me] },
      fields: [...check, ...reviewFields(today, '复查')],
    },
    'hazard.returnForRework': {
      contract: hazard.returnForRework,
      danger: true,
      fields: [words('reason', '退回的理由')],
    },
    'hazard.approveClosure': {
      contract: hazard.approveClosure,
      primary: true,
      background: approving(row),
      fields: [
        ...check,
        opinion('opinion', '审批意见', '复查合格，同意销号'),
        { kind: 'text', name: 'document', label: '上级同意销号的文号', max: 80, help: '市级、省级挂牌的隐患必填' },
      ],
    },
  }
}

/** Closing: acceptance, review, approval, and what comes after. */
export function closingPlans(facts: PlanFacts): Record<string, ActionPlan> {
  const { hazard: row, today, me } = facts
  return {
    ...judgingPlans(facts),
    'hazard.recordReinspection': {
      contract: hazard.recordReinspection,
      primary: true,
      initial: { on: today, reviewers: [me] },
      fields: reviewFields(today, '复核'),
    },
    'hazard.reopen': {
      contract: hazard.reopenHazard,
      danger: true,
      initial: { dueOn: row.suggestedDueOn },
      fields: [
        words('reason', '重新打开的理由', '首次销号的记录保留'),
        { kind: 'day', name: 'dueOn', label: '新的整改时限', required: true, min: today },
        files(['before', 'other'], '现场照片'),
      ],
    },
  }
}
