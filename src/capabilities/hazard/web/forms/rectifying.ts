import type { ActionPlan } from '#shell/form/ActionBar.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import * as hazard from '../../model/index.ts'
import { type HazardView, measureKinds } from '../../model/index.ts'
import { files, type PlanFacts, paper, words } from './parts.ts'

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

const fixAtOnceFields: readonly FieldSpec[] = [words('note', '怎样改的'), files(['after'], '整改后的照片', true)]

const measuresDone = (row: HazardView): FieldSpec => ({
  kind: 'multi',
  name: 'measuresDone',
  label: '这次完成的措施',
  options: row.plan.measures
    .map((measure, at) => ({ value: at, label: `${at + 1}. ${measure.text}`, done: measure.done }))
    .filter((option) => !option.done),
})

/** Rectifying: plan, interim control, progress, extensions and orders to stop. */
export const rectifyingPlans = (facts: PlanFacts): Record<string, ActionPlan> => ({
  ...planning(facts),
  ...working(facts),
  ...extending(facts),
  ...stopping,
})

function planning({ hazard: row }: PlanFacts): Record<string, ActionPlan> {
  const { plan } = row
  return {
    'hazard.savePlan': {
      contract: hazard.savePlan,
      primary: row.level === 'major' && row.missing.length > 0,
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
  }
}

function working({ hazard: row }: PlanFacts): Record<string, ActionPlan> {
  const { plan } = row
  return {
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
        ...(plan.measures.some((measure) => !measure.done) ? [measuresDone(row)] : []),
        files(['other', 'measure'], '现场照片或材料'),
      ],
    },
    'hazard.fixAtOnce': {
      contract: hazard.fixAtOnce,
      primary: true,
      fields: fixAtOnceFields,
    },
    'hazard.applyAcceptance': {
      contract: hazard.applyAcceptance,
      primary: true,
      fields: [
        { kind: 'area', name: 'statement', label: '整改完成情况', required: true, max: 1000 },
        files(['after'], '整改后的照片或证明材料', true),
      ],
    },
  }
}

/** What is listed is extended by a paper of the listing body. */
const extensionPaper = (row: HazardView): FieldSpec[] =>
  row.listing === 'none'
    ? []
    : [
        {
          kind: 'text',
          name: 'document',
          label: '同意延期的文号',
          max: 80,
          required: true,
          visible: ({ grant }) => grant !== false,
        },
      ]

function extending({ hazard: row, today }: PlanFacts): Record<string, ActionPlan> {
  return {
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
        ...extensionPaper(row),
      ],
    },
    'hazard.extend': {
      contract: hazard.extendDeadline,
      fields: [
        { kind: 'day', name: 'to', label: '延长至', required: true, min: row.dueOn ?? today },
        words('reason', '延期的理由'),
        ...extensionPaper(row),
      ],
    },
  }
}

const stopping: Record<string, ActionPlan> = {
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
  'hazard.askResume': {
    contract: hazard.askResume,
    fields: [words('statement', '整改完成和安全评估情况'), files(['measure', 'other'], '评估报告等材料')],
  },
  'hazard.liftStop': { contract: hazard.liftStop, fields: [words('opinion', '恢复生产的复查意见'), paper] },
}
