import type { AttachmentPurpose } from '#kernel/attachment.ts'
import { addDays, type Day } from '#kernel/time.ts'
import type { ActionPlan } from '#shell/form/ActionBar.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import type { Option } from '#shell/table/types.ts'
import * as hazard from '../../model/index.ts'
import { type HazardView, measureKinds } from '../../model/index.ts'

export interface PlanFacts {
  readonly hazard: HazardView
  readonly today: Day
  readonly bodies: readonly Option[]
}

const files = (
  purposes: readonly [AttachmentPurpose, ...AttachmentPurpose[]],
  label: string,
  required = false,
): FieldSpec => ({
  kind: 'attachments',
  name: 'attachments',
  label,
  purposes,
  required,
})
const words = (name: string, label: string, help?: string): FieldSpec => ({
  kind: 'area',
  name,
  label,
  required: true,
  max: 500,
  ...(help ? { help } : {}),
})
const paper = files(['order', 'other'], '文书材料')

const measures: FieldSpec = {
  kind: 'list',
  name: 'plan.measures',
  label: '措施（人防、技防、工程防、管理防）',
  addLabel: '添加一条措施',
  newRow: { kind: 'engineering', text: '', done: false },
  fields: [
    {
      kind: 'radio',
      name: 'kind',
      label: '类别',
      options: Object.entries(measureKinds).map(([value, label]) => ({ value, label })),
    },
    { kind: 'text', name: 'text', label: '措施内容', max: 500 },
  ],
}

const planFields: readonly FieldSpec[] = [
  { kind: 'text', name: 'plan.responsiblePerson', label: '责任：整改责任人', max: 40 },
  { kind: 'text', name: 'plan.responsiblePhone', label: '责任人电话', max: 20 },
  measures,
  { kind: 'money', name: 'plan.fundsYuan', label: '资金：计划投入', help: '不需要资金的填 0' },
  { kind: 'text', name: 'plan.fundsNote', label: '资金说明', max: 200 },
  { kind: 'day', name: 'plan.deadline', label: '时限：计划完成日期' },
  { kind: 'area', name: 'plan.emergencyPlan', label: '预案：应急处置要点', max: 1000 },
  files(['measure', 'other'], '整改方案等材料'),
]

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
]

/** How each action is filled in. An action without an entry here is not offered as a button. */
export function actionPlans({ hazard: row, today, bodies }: PlanFacts): Record<string, ActionPlan> {
  return { ...findingPlans(row, today, bodies), ...rectifyingPlans(row, today), ...closingPlans(today) }
}

function findingPlans(row: HazardView, today: Day, bodies: readonly Option[]): Record<string, ActionPlan> {
  const dueOn = addDays(today, row.level === 'major' ? 30 : 15)
  return {
    'hazard.reject': { contract: hazard.rejectHazard, fields: [words('reason', '不成立的理由'), paper] },
    'hazard.assign': {
      contract: hazard.assignHazard,
      primary: true,
      initial: { bodyId: row.leadBodyId, dueOn },
      fields: [
        {
          kind: 'select',
          name: 'bodyId',
          label: '责任部门',
          required: true,
          options: bodies,
          help: row.routeReason ?? undefined,
        },
        { kind: 'day', name: 'dueOn', label: '整改时限', required: true, min: today },
        { kind: 'area', name: 'demand', label: '整改要求', required: true, max: 1000 },
        { kind: 'area', name: 'interim', label: '临时管控措施', max: 500, help: '重大隐患开始整改前必须落实' },
      ],
    },
    'hazard.returnAssignment': { contract: hazard.returnAssignment, fields: [words('reason', '退回的理由')] },
    'hazard.transferOut': {
      contract: hazard.transferOut,
      fields: [
        { kind: 'text', name: 'receiver', label: '接收单位', required: true, max: 80 },
        words('reason', '移送的理由'),
        paper,
      ],
    },
    'hazard.void': {
      contract: hazard.voidHazard,
      danger: true,
      fields: [words('reason', '作废的理由', '作废后不再计入统计，记录保留')],
    },
    'hazard.unmerge': { contract: hazard.unmergeHazard, fields: [words('reason', '撤销合并的理由')] },
  }
}

function rectifyingPlans(row: HazardView, today: Day): Record<string, ActionPlan> {
  const { plan } = row
  return {
    'hazard.savePlan': {
      contract: hazard.savePlan,
      primary: row.missing.length > 0,
      fields: planFields,
      initial: {
        plan: {
          ...plan,
          measures: plan.measures.map((measure) => ({ ...measure })),
          deadline: plan.deadline ?? row.dueOn ?? undefined,
        },
      },
    },
    'hazard.setInterim': {
      contract: hazard.setInterim,
      primary: row.interimMissing,
      fields: [words('text', '临时管控措施', '例如：设置警戒、专人值守、停用设备'), files(['interim'], '现场照片')],
    },
    'hazard.startRectifying': {
      contract: hazard.startRectifying,
      primary: true,
      fields: [{ kind: 'area', name: 'note', label: '说明', max: 500 }],
    },
    'hazard.reportProgress': {
      contract: hazard.reportProgress,
      fields: [
        { kind: 'area', name: 'text', label: '进展情况', required: true, max: 1000 },
        { kind: 'number', name: 'percent', label: '完成进度', required: true, min: 0, max: 100, unit: '%' },
        files(['other', 'measure'], '现场照片或材料'),
      ],
    },
    'hazard.fixAtOnce': {
      contract: hazard.fixAtOnce,
      primary: true,
      fields: [words('note', '怎样改的'), files(['after'], '整改后的照片', true)],
    },
    'hazard.applyAcceptance': {
      contract: hazard.applyAcceptance,
      primary: true,
      fields: [
        { kind: 'area', name: 'statement', label: '整改完成情况', required: true, max: 1000 },
        files(['after', 'other'], '整改后的照片或证明材料', true),
      ],
    },
    'hazard.requestExtension': {
      contract: hazard.requestExtension,
      fields: [
        { kind: 'day', name: 'to', label: '申请延至', required: true, min: row.dueOn ?? today },
        words('reason', '延期的理由'),
        paper,
      ],
    },
    'hazard.decideExtension': {
      contract: hazard.decideExtension,
      primary: true,
      fields: [
        {
          kind: 'radio',
          name: 'grant',
          label: '审批结果',
          required: true,
          options: [
            { value: true, label: '同意延期' },
            { value: false, label: '不同意' },
          ],
        },
        words('note', '审批意见'),
      ],
    },
    'hazard.extend': {
      contract: hazard.extendDeadline,
      fields: [
        { kind: 'day', name: 'to', label: '延长至', required: true, min: row.dueOn ?? today },
        words('reason', '延期的理由'),
      ],
    },
    'hazard.orderStop': {
      contract: hazard.orderStop,
      danger: true,
      fields: [
        { kind: 'text', name: 'scope', label: '停产停业的范围', required: true, max: 200 },
        words('reason', '停产停业的理由'),
        { kind: 'text', name: 'document', label: '文书文号', max: 80 },
        paper,
      ],
    },
    'hazard.liftStop': { contract: hazard.liftStop, fields: [words('opinion', '恢复生产的复查意见'), paper] },
  }
}

function closingPlans(today: Day): Record<string, ActionPlan> {
  return {
    'hazard.accept': {
      contract: hazard.acceptHazard,
      primary: true,
      fields: [words('opinion', '验收意见'), files(['review', 'other'], '验收材料')],
    },
    'hazard.closeGeneral': {
      contract: hazard.closeGeneral,
      primary: true,
      fields: [words('opinion', '验收意见'), files(['review', 'other'], '验收材料')],
    },
    'hazard.recordReview': {
      contract: hazard.recordReview,
      primary: true,
      initial: { on: today },
      fields: reviewFields(today, '复查'),
    },
    'hazard.returnForRework': {
      contract: hazard.returnForRework,
      danger: true,
      fields: [words('reason', '退回的理由')],
    },
    'hazard.approveClosure': {
      contract: hazard.approveClosure,
      primary: true,
      fields: [
        words('opinion', '审批意见'),
        { kind: 'text', name: 'document', label: '上级同意销号的文号', max: 80, help: '市级、省级挂牌的隐患必填' },
      ],
    },
    'hazard.recordReinspection': {
      contract: hazard.recordReinspection,
      primary: true,
      initial: { on: today },
      fields: reviewFields(today, '复核'),
    },
    'hazard.reopen': {
      contract: hazard.reopenHazard,
      danger: true,
      initial: { dueOn: addDays(today, 30) },
      fields: [
        words('reason', '重新打开的理由', '首次销号的记录保留'),
        { kind: 'day', name: 'dueOn', label: '新的整改时限', required: true, min: today },
        files(['before', 'other'], '现场照片'),
      ],
    },
  }
}
